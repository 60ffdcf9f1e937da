-- The queue at any size: requests found by words and by what they are.

-- Traditional characters and the simplified ones that they are looked for as: OpenCC's TSCharacters (Apache-2.0), the
-- first choice of each, within the basic plane; and two common variants.
create table hanzi (
  hant text primary key,
  hans text not null
);
insert into hanzi (hant, hans)
select * from unnest(
  string_to_array(
    '㑯㑳㑶㓨㘚㜄㜏㠏㥮㩜㩳㩵䁻䃮䊷䋙䋚䋹䋻䍦䎱䙡䜀䝼䥇䥑䥱䦛䦟䯀䰾䱷䱽䲁䲘䴉丟並乾亂亙亞佇佈佔併來侖侶侷俁係俔俠俥俬倀倆倈倉'
    '個們倖倫倲偉偑側偵偽傌傑傖傘備傢傭傯傳傴債傷傾僂僅僉僑僕僞僥僨僱價儀儁儂億儈儉儎儐儔儕儘償優儲儷儸儺儻儼兇兌兒兗內兩冊冑'
    '冪凈凍凜凱別刪剄則剋剎剗剛剝剮剴創剷劃劄劇劉劊劌劍劏劑劚勁動務勛勝勞勢勩勱勳勵勸勻匭匯匱區協卹卻卽厙厠厤厭厲厴參叄叢吒吳'
    '吶呂咼員唄唸問啓啞啟啢喎喚喪喫喬單喲嗆嗇嗊嗎嗚嗩嗶嘆嘍嘓嘔嘖嘗嘜嘩嘮嘯嘰嘵嘸嘽噁噓噚噝噠噥噦噯噲噴噸噹嚀嚇嚌嚐嚕嚙嚥嚦嚨'
    '嚮嚲嚳嚴嚶囀囁囂囅囈囉囌囑囪圇國圍園圓圖團垻埡埰執堅堊堖堝堯報場塊塋塏塒塗塚塢塤塵塹墊墜墮墰墳墶墻墾壇壋壎壓壘壙壚壜壞壟'
    '壠壢壩壪壯壺壼壽夠夢夥夾奐奧奩奪奬奮奼妝姍姦娛婁婦婭媧媯媰媼媽嫋嫗嫵嫺嫻嫿嬀嬃嬈嬋嬌嬙嬡嬤嬪嬰嬸孃孋孌孫學孿宮寀寢實寧審'
    '寫寬寵寶將專尋對導尷屆屍屓屜屢層屨屬岡峯峴島峽崍崑崗崙崢崬嵐嵗嵾嶁嶄嶇嶔嶗嶠嶢嶧嶨嶮嶸嶺嶼嶽巋巒巔巖巰巹帥師帳帶幀幃幓幗'
    '幘幟幣幫幬幷幹幾庫廁廂廄廈廎廕廚廝廟廠廡廢廣廩廬廳弒弔弳張強彆彈彌彎彔彙彠彥彫彲彿後徑從徠復徵徹恆恥悅悞悵悶悽惡惱惲惻愛'
    '愜愨愴愷愾慄態慍慘慚慟慣慤慪慫慮慳慶慺慼慾憂憊憐憑憒憖憚憤憫憮憲憶懇應懌懍懞懟懣懤懨懲懶懷懸懺懼懾戀戇戔戧戩戰戱戲戶扞拋'
    '拚挩挱挾捨捫捱捲掃掄掆掗掙掛採揀揚換揮揯損搖搗搧搵搶摑摜摟摯摳摶摺摻撈撏撐撓撝撟撣撥撫撲撳撻撾撿擁擄擇擊擋擓擔據擠擡擣擬'
    '擯擰擱擲擴擷擺擻擼擽擾攄攆攏攔攖攙攛攜攝攢攣攤攪攬敎敓敗敘敵數斂斃斆斕斬斷於旂旣昇時晉晝暈暉暘暢暫曄曆曇曉曏曖曠曨曬書會'
    '朧朮東枴柵柺査桿梔梘條梟梲棄棊棖棗棟棡棧棲棶椏椲楊楓楨業極榘榦榪榮榲榿構槍槓槤槧槨槮槳槶槼樁樂樅樑樓標樞樢樣樧樫樳樸樹樺'
    '樿橈橋機橢橫檁檉檔檜檟檢檣檮檯檳檸檻櫃櫓櫚櫛櫝櫞櫟櫥櫧櫨櫪櫫櫬櫱櫳櫸櫻欄欅權欏欒欖欞欽歎歐歟歡歲歷歸歿殘殞殤殨殫殭殮殯殰'
    '殲殺殻殼毀毆毿氂氈氌氣氫氬氳氾汎汙決沒沖況泝洩洶浹涇涗涼淒淚淥淨淩淪淵淶淺渙減渢渦測渾湊湞湧湯溈準溝溫溮溳溼滄滅滌滎滙滬'
    '滯滲滷滸滻滾滿漁漊漚漢漣漬漲漵漸漿潁潑潔潙潚潛潤潯潰潷潿澀澆澇澐澗澠澤澦澩澮澱澾濁濃濄濕濘濚濛濜濟濤濧濫濰濱濺濼濾瀂瀅瀆'
    '瀇瀉瀋瀏瀕瀘瀝瀟瀠瀦瀧瀨瀰瀲瀾灃灄灑灕灘灝灡灣灤灧灩災為烏烴無煉煒煙煢煥煩煬煱熅熒熗熱熲熾燁燈燉燒燙燜營燦燬燭燴燶燻燼燾'
    '爍爐爛爭爲爺爾牀牆牘牴牽犖犛犢犧狀狹狽猙猶猻獁獃獄獅獎獨獪獫獮獰獱獲獵獷獸獺獻獼玀現琱琺琿瑋瑒瑣瑤瑩瑪瑲璉璡璣璦璫璯環璵'
    '璸璽璿瓊瓏瓔瓚甌甕產産畝畢畫異畵當疇疊痙痠痾瘂瘋瘍瘓瘞瘡瘧瘮瘲瘺瘻療癆癇癉癒癘癟癡癢癤癥癧癩癬癭癮癰癱癲發皁皚皰皸皺盃盜'
    '盞盡監盤盧盪眞眥眾睏睜睞瞘瞜瞞瞶瞼矇矓矚矯硃硜硤硨硯碕碩碭碸確碼碽磑磚磠磣磧磯磽磾礄礎礙礦礪礫礬礱祕祿禍禎禕禡禦禪禮禰禱'
    '禿秈稅稈稏稜稟種稱穀穇穌積穎穠穡穢穩穫穭窩窪窮窯窵窶窺竄竅竇竈竊竪競筆筍筧筴箇箋箏箚節範築篋篔篠篤篩篳簀簍簑簞簡簣簫簹簽'
    '簾籃籌籔籙籛籜籟籠籤籩籪籬籮籲粵糉糝糞糧糰糲糴糶糹糾紀紂約紅紆紇紈紉紋納紐紓純紕紖紗紘紙級紛紜紝紡紬紮細紱紲紳紵紹紺紼紿'
    '絀終絃組絅絆絎結絕絛絝絞絡絢給絨絰統絲絳絶絹綁綃綆綈綉綌綏綐綑經綜綞綠綢綣綫綬維綯綰綱網綳綴綵綸綹綺綻綽綾綿緄緇緊緋緑緒'
    '緓緔緗緘緙線緝緞締緡緣緦編緩緬緯緱緲練緶緹緻緼縈縉縊縋縐縑縕縗縛縝縞縟縣縧縫縭縮縱縲縳縴縵縶縷縹總績繃繅繆繒織繕繚繞繡繢'
    '繩繪繫繭繮繯繰繳繸繹繼繽繾繿纇纈纊續纍纏纓纔纖纘纜缽罃罈罌罎罰罵罷羅羆羈羋羣羥羨義羶習翫翬翹翽耬耮聖聞聯聰聲聳聵聶職聹聽'
    '聾肅脅脈脛脣脩脫脹腎腖腡腦腫腳腸膃膕膚膞膠膩膽膾膿臉臍臏臘臚臟臠臢臥臨臺與興舉舊舖舘艙艤艦艫艱艷芻苧茲荊莊莖莢莧華菴菸萇'
    '萊萬萴萵葉葒葤葦葯葷蒐蒓蒔蒕蒞蒼蓀蓆蓋蓮蓯蓴蓽蔔蔘蔞蔣蔥蔦蔭蕁蕆蕎蕒蕓蕕蕘蕢蕩蕪蕭蕷薀薈薊薌薑薔薘薟薦薩薳薴薵薹薺藍藎藝'
    '藥藪藭藴藶藹藺蘀蘄蘆蘇蘊蘋蘚蘞蘢蘭蘺蘿虆處虛虜號虧虯蛺蛻蜆蝕蝟蝦蝨蝸螄螞螢螮螻螿蟄蟈蟎蟣蟬蟯蟲蟶蟻蠁蠅蠆蠍蠐蠑蠔蠟蠣蠨蠱'
    '蠶蠻衆衊術衕衚衛衝袞袷裊裏補裝裡製複褌褘褲褳褸褻襇襉襏襖襝襠襤襪襬襯襲襴覈見覎規覓視覘覡覥覦親覬覯覲覷覺覽覿觀觴觶觸訁訂'
    '訃計訊訌討訐訒訓訕訖託記訛訝訟訢訣訥訩訪設許訴訶診註証詁詆詎詐詒詔評詖詗詘詛詞詠詡詢詣試詩詫詬詭詮詰話該詳詵詼詿誄誅誆誇'
    '誌認誑誒誕誘誚語誠誡誣誤誥誦誨說説誰課誶誹誼誾調諂諄談諉請諍諏諑諒論諗諛諜諝諞諡諢諤諦諧諫諭諮諱諳諶諷諸諺諼諾謀謁謂謄謅'
    '謊謎謐謔謖謗謙謚講謝謠謡謨謫謬謭謳謹謾譁證譎譏譖識譙譚譜譟譫譭譯議譴護譸譽譾讀讅變讋讌讎讒讓讕讖讚讜讞谿豈豎豐豔豬豶貍貓'
    '貙貝貞貟負財貢貧貨販貪貫責貯貰貲貳貴貶買貸貺費貼貽貿賀賁賂賃賄賅資賈賊賑賒賓賕賙賚賜賞賠賡賢賣賤賦賧質賫賬賭賰賴賵賺賻購'
    '賽賾贄贅贇贈贊贋贍贏贐贓贔贖贗贛贜赬趕趙趨趲跡踐踰踴蹌蹕蹟蹠蹣蹤蹺躂躉躊躋躍躎躑躒躓躕躚躡躥躦躪軀車軋軌軍軑軒軔軛軟軤軫'
    '軲軸軹軺軻軼軾較輅輇輈載輊輒輓輔輕輛輜輝輞輟輥輦輩輪輬輯輳輸輻輼輾輿轀轂轄轅轆轉轍轎轔轟轡轢轤辦辭辮辯農迴逕這連週進遊運'
    '過達違遙遜遞遠遡適遲遶遷選遺遼邁還邇邊邏邐郟郵鄆鄉鄒鄔鄖鄧鄭鄰鄲鄴鄶鄺酇酈醃醖醜醞醟醣醫醬醱釀釁釃釅釋釐釒釓釔釕釗釘釙針'
    '釣釤釦釧釩釵釷釹釺釾鈀鈁鈃鈄鈅鈈鈉鈍鈎鈐鈑鈒鈔鈕鈞鈡鈣鈥鈦鈧鈮鈰鈳鈴鈷鈸鈹鈺鈽鈾鈿鉀鉅鉆鉈鉉鉋鉍鉑鉕鉗鉚鉛鉞鉢鉤鉦鉬鉭鉳'
    '鉶鉸鉺鉻鉿銀銃銅銍銑銓銖銘銚銛銜銠銣銥銦銨銩銪銫銬銱銳銷銹銻銼鋁鋃鋅鋇鋌鋏鋒鋙鋝鋟鋣鋤鋥鋦鋨鋩鋪鋭鋮鋯鋰鋱鋶鋸鋼錁錄錆錇'
    '錈錏錐錒錕錘錙錚錛錟錠錡錢錦錨錩錫錮錯録錳錶錸錼鍀鍁鍃鍅鍆鍇鍈鍊鍋鍍鍔鍘鍚鍛鍠鍤鍥鍩鍬鍰鍵鍶鍺鍼鍾鎂鎄鎇鎊鎌鎔鎖鎘鎚鎛鎡'
    '鎢鎣鎦鎧鎩鎪鎬鎭鎮鎰鎲鎳鎵鎶鎸鎿鏃鏇鏈鏌鏍鏐鏑鏗鏘鏜鏝鏞鏟鏡鏢鏤鏨鏰鏵鏷鏹鏺鏽鐃鐋鐐鐒鐓鐔鐘鐙鐝鐠鐥鐦鐧鐨鐫鐮鐯鐲鐳鐵鐶'
    '鐸鐺鐿鑄鑊鑌鑑鑒鑔鑕鑞鑠鑣鑥鑭鑰鑱鑲鑷鑹鑼鑽鑾鑿钁钂長門閂閃閆閈閉開閌閎閏閑閒間閔閘閡閣閤閥閨閩閫閬閭閱閲閶閹閻閼閽閾閿'
    '闃闆闇闈闊闋闌闍闐闒闓闔闕闖關闞闠闡闢闤闥陘陝陞陣陰陳陸陽隉隊階隕際隨險隯隱隴隸隻雋雖雙雛雜雞離難雲電霑霢霧霽靂靄靆靈靉'
    '靚靜靝靦靨鞏鞝鞦鞽韁韃韆韉韋韌韍韓韙韜韝韞韻響頁頂頃項順頇須頊頌頎頏預頑頒頓頗領頜頡頤頦頭頮頰頲頴頷頸頹頻頽顆題額顎顏顒'
    '顓顔願顙顛類顢顥顧顫顬顯顰顱顳顴風颭颮颯颱颳颶颸颺颻颼飀飄飆飈飛飠飢飣飥飩飪飫飭飯飱飲飴飼飽飾飿餃餄餅餈餉養餌餎餏餑餒餓'
    '餕餖餘餚餛餜餞餡館餬餱餳餵餶餷餺餼餾餿饁饃饅饈饉饊饋饌饑饒饗饜饞饢馬馭馮馱馳馴馹駁駐駑駒駔駕駘駙駛駝駟駡駢駭駰駱駸駿騁騂'
    '騅騌騍騎騏騖騙騤騧騫騭騮騰騶騷騸騾驀驁驂驃驄驅驊驌驍驏驕驗驚驛驟驢驤驥驦驪驫骯髏髒體髕髖髮鬆鬍鬚鬢鬥鬧鬨鬩鬮鬱鬹魎魘魚魛'
    '魢魨魯魴魷魺鮁鮃鮊鮋鮍鮎鮐鮑鮒鮓鮚鮜鮝鮞鮣鮦鮪鮫鮭鮮鮳鮶鮺鯀鯁鯇鯉鯊鯒鯔鯕鯖鯗鯛鯝鯡鯢鯤鯧鯨鯪鯫鯰鯴鯷鯽鯿鰁鰂鰃鰆鰈鰉鰌'
    '鰍鰏鰐鰒鰓鰛鰜鰟鰠鰣鰥鰧鰨鰩鰭鰮鰱鰲鰳鰵鰷鰹鰺鰻鰼鰾鱂鱅鱈鱉鱒鱔鱖鱗鱘鱝鱟鱠鱣鱤鱧鱨鱭鱯鱷鱸鱺鳥鳧鳩鳬鳲鳳鳴鳶鳾鴆鴇鴉鴒'
    '鴕鴛鴝鴞鴟鴣鴦鴨鴯鴰鴴鴷鴻鴿鵁鵂鵃鵐鵑鵒鵓鵜鵝鵠鵡鵪鵬鵮鵯鵰鵲鵷鵾鶄鶇鶉鶊鶓鶖鶘鶚鶡鶥鶩鶪鶬鶯鶲鶴鶹鶺鶻鶼鶿鷀鷁鷂鷄鷉鷊'
    '鷓鷖鷗鷙鷚鷥鷦鷫鷯鷲鷳鷴鷸鷹鷺鷽鸂鸇鸊鸌鸏鸕鸘鸚鸛鸝鸞鹵鹹鹺鹼鹽麗麥麩麪麫麯麴麵麼麽黃黌點黨黲黴黶黷黽黿鼂鼉鼕鼴齊齋齎齏'
    '齒齔齕齗齙齜齟齠齡齣齦齧齪齬齲齶齷龍龎龐龑龔龕龜鿁鿓衞著', null),
  string_to_array(
    '㑔㑇㐹刾㘎㚯㛣㟆㤘㨫㧐擜䀥鿎䌶䌺䌻䌿䌾䍠䎬䙌䜧䞍䦂鿏䥾䦶䦷䯅鲃䲣䲝鳚鳤鹮丢并干乱亘亚伫布占并来仑侣局俣系伣侠伡私伥俩俫仓'
    '个们幸伦㑈伟㐽侧侦伪㐷杰伧伞备家佣偬传伛债伤倾偻仅佥侨仆伪侥偾雇价仪俊侬亿侩俭傤傧俦侪尽偿优储俪㑩傩傥俨凶兑儿兖内两册胄'
    '幂净冻凛凯别删刭则克刹刬刚剥剐剀创铲划札剧刘刽刿剑㓥剂㔉劲动务勋胜劳势勚劢勋励劝匀匦汇匮区协恤却即厍厕历厌厉厣参叁丛咤吴'
    '呐吕呙员呗念问启哑启唡㖞唤丧吃乔单哟呛啬唝吗呜唢哔叹喽啯呕啧尝唛哗唠啸叽哓呒啴恶嘘㖊咝哒哝哕嗳哙喷吨当咛吓哜尝噜啮咽呖咙'
    '向亸喾严嘤啭嗫嚣冁呓啰苏嘱囱囵国围园圆图团坝垭采执坚垩垴埚尧报场块茔垲埘涂冢坞埙尘堑垫坠堕坛坟垯墙垦坛垱埙压垒圹垆坛坏垄'
    '垅坜坝塆壮壶壸寿够梦伙夹奂奥奁夺奖奋姹妆姗奸娱娄妇娅娲妫㛀媪妈袅妪妩娴娴婳妫媭娆婵娇嫱嫒嬷嫔婴婶娘㛤娈孙学孪宫采寝实宁审'
    '写宽宠宝将专寻对导尴届尸屃屉屡层屦属冈峰岘岛峡崃昆岗仑峥岽岚岁㟥嵝崭岖嵚崂峤峣峄峃崄嵘岭屿岳岿峦巅岩巯卺帅师帐带帧帏㡎帼'
    '帻帜币帮帱并干几库厕厢厩厦庼荫厨厮庙厂庑废广廪庐厅弑吊弪张强别弹弥弯录汇彟彦雕彨佛后径从徕复征彻恒耻悦悮怅闷凄恶恼恽恻爱'
    '惬悫怆恺忾栗态愠惨惭恸惯悫怄怂虑悭庆㥪戚欲忧惫怜凭愦慭惮愤悯怃宪忆恳应怿懔蒙怼懑㤽恹惩懒怀悬忏惧慑恋戆戋戗戬战戯戏户捍抛'
    '拼捝挲挟舍扪挨卷扫抡㧏挜挣挂采拣扬换挥搄损摇捣扇揾抢掴掼搂挚抠抟折掺捞挦撑挠㧑挢掸拨抚扑揿挞挝捡拥掳择击挡㧟担据挤抬捣拟'
    '摈拧搁掷扩撷摆擞撸㧰扰摅撵拢拦撄搀撺携摄攒挛摊搅揽教敚败叙敌数敛毙敩斓斩断于旗既升时晋昼晕晖旸畅暂晔历昙晓向暧旷昽晒书会'
    '胧术东拐栅拐查杆栀枧条枭棁弃棋枨枣栋㭎栈栖梾桠㭏杨枫桢业极矩干杩荣榅桤构枪杠梿椠椁椮桨椢椝桩乐枞梁楼标枢㭤样榝㭴桪朴树桦'
    '椫桡桥机椭横檩柽档桧槚检樯梼台槟柠槛柜橹榈栉椟橼栎橱槠栌枥橥榇蘖栊榉樱栏榉权椤栾榄棂钦叹欧欤欢岁历归殁残殒殇㱮殚僵殓殡㱩'
    '歼杀壳壳毁殴毵牦毡氇气氢氩氲泛泛污决没冲况溯泄汹浃泾涚凉凄泪渌净凌沦渊涞浅涣减沨涡测浑凑浈涌汤沩准沟温浉涢湿沧灭涤荥汇沪'
    '滞渗卤浒浐滚满渔溇沤汉涟渍涨溆渐浆颍泼洁沩㴋潜润浔溃滗涠涩浇涝沄涧渑泽滪泶浍淀㳠浊浓㳡湿泞溁蒙浕济涛㳔滥潍滨溅泺滤澛滢渎'
    '㲿泻沈浏濒泸沥潇潆潴泷濑弥潋澜沣滠洒漓滩灏㳕湾滦滟滟灾为乌烃无炼炜烟茕焕烦炀㶽煴荧炝热颎炽烨灯炖烧烫焖营灿毁烛烩㶶熏烬焘'
    '烁炉烂争为爷尔床墙牍抵牵荦牦犊牺状狭狈狰犹狲犸呆狱狮奖独狯猃狝狞㺍获猎犷兽獭献猕猡现雕珐珲玮玚琐瑶莹玛玱琏琎玑瑷珰㻅环玙'
    '瑸玺璇琼珑璎瓒瓯瓮产产亩毕画异画当畴叠痉酸疴痖疯疡痪瘗疮疟瘆疭瘘瘘疗痨痫瘅愈疠瘪痴痒疖症疬癞癣瘿瘾痈瘫癫发皂皑疱皲皱杯盗'
    '盏尽监盘卢荡真眦众困睁睐眍䁖瞒瞆睑蒙眬瞩矫朱硁硖砗砚埼硕砀砜确码䂵硙砖硵碜碛矶硗䃅硚础碍矿砺砾矾砻秘禄祸祯祎祃御禅礼祢祷'
    '秃籼税秆䅉棱禀种称谷䅟稣积颖秾穑秽稳获穞窝洼穷窑窎窭窥窜窍窦灶窃竖竞笔笋笕䇲个笺筝札节范筑箧筼筿笃筛筚箦篓蓑箪简篑箫筜签'
    '帘篮筹䉤箓篯箨籁笼签笾簖篱箩吁粤粽糁粪粮团粝籴粜纟纠纪纣约红纡纥纨纫纹纳纽纾纯纰纼纱纮纸级纷纭纴纺䌷扎细绂绁绅纻绍绀绋绐'
    '绌终弦组䌹绊绗结绝绦绔绞络绚给绒绖统丝绛绝绢绑绡绠绨绣绤绥䌼捆经综缍绿绸绻线绶维绹绾纲网绷缀彩纶绺绮绽绰绫绵绲缁紧绯绿绪'
    '绬绱缃缄缂线缉缎缔缗缘缌编缓缅纬缑缈练缏缇致缊萦缙缢缒绉缣缊缞缚缜缟缛县绦缝缡缩纵缧䌸纤缦絷缕缥总绩绷缫缪缯织缮缭绕绣缋'
    '绳绘系茧缰缳缲缴䍁绎继缤缱䍀颣缬纩续累缠缨才纤缵缆钵䓨坛罂坛罚骂罢罗罴羁芈群羟羡义膻习玩翚翘翙耧耢圣闻联聪声耸聩聂职聍听'
    '聋肃胁脉胫唇修脱胀肾胨脶脑肿脚肠腽腘肤䏝胶腻胆脍脓脸脐膑腊胪脏脔臜卧临台与兴举旧铺馆舱舣舰舻艰艳刍苎兹荆庄茎荚苋华庵烟苌'
    '莱万荝莴叶荭荮苇药荤搜莼莳蒀莅苍荪席盖莲苁莼荜卜参蒌蒋葱茑荫荨蒇荞荬芸莸荛蒉荡芜萧蓣蕰荟蓟芗姜蔷荙莶荐萨䓕苧䓓苔荠蓝荩艺'
    '药薮䓖蕴苈蔼蔺萚蕲芦苏蕴苹藓蔹茏兰蓠萝蔂处虚虏号亏虬蛱蜕蚬蚀猬虾虱蜗蛳蚂萤䗖蝼螀蛰蝈螨虮蝉蛲虫蛏蚁蚃蝇虿蝎蛴蝾蚝蜡蛎蟏蛊'
    '蚕蛮众蔑术同胡卫冲衮夹袅里补装里制复裈袆裤裢褛亵裥裥袯袄裣裆褴袜摆衬袭襕核见觃规觅视觇觋觍觎亲觊觏觐觑觉览觌观觞觯触讠订'
    '讣计讯讧讨讦讱训讪讫托记讹讶讼䜣诀讷讻访设许诉诃诊注证诂诋讵诈诒诏评诐诇诎诅词咏诩询诣试诗诧诟诡诠诘话该详诜诙诖诔诛诓夸'
    '志认诳诶诞诱诮语诚诫诬误诰诵诲说说谁课谇诽谊訚调谄谆谈诿请诤诹诼谅论谂谀谍谞谝谥诨谔谛谐谏谕咨讳谙谌讽诸谚谖诺谋谒谓誊诌'
    '谎谜谧谑谡谤谦谥讲谢谣谣谟谪谬谫讴谨谩哗证谲讥谮识谯谭谱噪谵毁译议谴护诪誉谫读谉变詟䜩雠谗让谰谶赞谠谳溪岂竖丰艳猪豮狸猫'
    '䝙贝贞贠负财贡贫货贩贪贯责贮贳赀贰贵贬买贷贶费贴贻贸贺贲赂赁贿赅资贾贼赈赊宾赇赒赉赐赏赔赓贤卖贱赋赕质赍账赌䞐赖赗赚赙购'
    '赛赜贽赘赟赠赞赝赡赢赆赃赑赎赝赣赃赪赶赵趋趱迹践逾踊跄跸迹跖蹒踪跷跶趸踌跻跃䟢踯跞踬蹰跹蹑蹿躜躏躯车轧轨军轪轩轫轭软轷轸'
    '轱轴轵轺轲轶轼较辂辁辀载轾辄挽辅轻辆辎辉辋辍辊辇辈轮辌辑辏输辐辒辗舆辒毂辖辕辘转辙轿辚轰辔轹轳办辞辫辩农回径这连周进游运'
    '过达违遥逊递远溯适迟绕迁选遗辽迈还迩边逻逦郏邮郓乡邹邬郧邓郑邻郸邺郐邝酂郦腌酝丑酝蒏糖医酱酦酿衅酾酽释厘钅钆钇钌钊钉钋针'
    '钓钐扣钏钒钗钍钕钎䥺钯钫钘钭钥钚钠钝钩钤钣钑钞钮钧钟钙钬钛钪铌铈钶铃钴钹铍钰钸铀钿钾巨钻铊铉铇铋铂钷钳铆铅钺钵钩钲钼钽锫'
    '铏铰铒铬铪银铳铜铚铣铨铢铭铫铦衔铑铷铱铟铵铥铕铯铐铞锐销锈锑锉铝锒锌钡铤铗锋铻锊锓铘锄锃锔锇铓铺锐铖锆锂铽锍锯钢锞录锖锫'
    '锩铔锥锕锟锤锱铮锛锬锭锜钱锦锚锠锡锢错录锰表铼镎锝锨锪钫钔锴锳炼锅镀锷铡钖锻锽锸锲锘锹锾键锶锗针钟镁锿镅镑镰镕锁镉锤镈镃'
    '钨蓥镏铠铩锼镐镇镇镒镋镍镓鿔镌镎镞旋链镆镙镠镝铿锵镗镘镛铲镜镖镂錾镚铧镤镪䥽锈铙铴镣铹镦镡钟镫镢镨䦅锎锏镄镌镰䦃镯镭铁镮'
    '铎铛镱铸镬镔鉴鉴镲锧镴铄镳镥镧钥镵镶镊镩锣钻銮凿镢镋长门闩闪闫闬闭开闶闳闰闲闲间闵闸阂阁合阀闺闽阃阆闾阅阅阊阉阎阏阍阈阌'
    '阒板暗闱阔阕阑阇阗阘闿阖阙闯关阚阓阐辟阛闼陉陕升阵阴陈陆阳陧队阶陨际随险陦隐陇隶只隽虽双雏杂鸡离难云电沾霡雾霁雳霭叇灵叆'
    '靓静靔腼靥巩绱秋鞒缰鞑千鞯韦韧韨韩韪韬鞲韫韵响页顶顷项顺顸须顼颂颀颃预顽颁顿颇领颌颉颐颏头颒颊颋颕颔颈颓频颓颗题额颚颜颙'
    '颛颜愿颡颠类颟颢顾颤颥显颦颅颞颧风飐飑飒台刮飓飔飏飖飕飗飘飙飚飞饣饥饤饦饨饪饫饬饭飧饮饴饲饱饰饳饺饸饼糍饷养饵饹饻饽馁饿'
    '馂饾余肴馄馃饯馅馆糊糇饧喂馉馇馎饩馏馊馌馍馒馐馑馓馈馔饥饶飨餍馋馕马驭冯驮驰驯驲驳驻驽驹驵驾骀驸驶驼驷骂骈骇骃骆骎骏骋骍'
    '骓骔骒骑骐骛骗骙䯄骞骘骝腾驺骚骟骡蓦骜骖骠骢驱骅骕骁骣骄验惊驿骤驴骧骥骦骊骉肮髅脏体髌髋发松胡须鬓斗闹哄阋阄郁鬶魉魇鱼鱽'
    '鱾鲀鲁鲂鱿鲄鲅鲆鲌鲉鲏鲇鲐鲍鲋鲊鲒鲘鲞鲕䲟鲖鲔鲛鲑鲜鲓鲪鲝鲧鲠鲩鲤鲨鲬鲻鲯鲭鲞鲷鲴鲱鲵鲲鲳鲸鲮鲰鲶鲺鳀鲫鳊鳈鲗鳂䲠鲽鳇䲡'
    '鳅鲾鳄鳆鳃鳁鳒鳑鳋鲥鳏䲢鳎鳐鳍鳁鲢鳌鳓鳘鲦鲣鲹鳗鳛鳔鳉鳙鳕鳖鳟鳝鳜鳞鲟鲼鲎鲙鳣鳡鳢鲿鲚鳠鳄鲈鲡鸟凫鸠凫鸤凤鸣鸢䴓鸩鸨鸦鸰'
    '鸵鸳鸲鸮鸱鸪鸯鸭鸸鸹鸻䴕鸿鸽䴔鸺鸼鹀鹃鹆鹁鹈鹅鹄鹉鹌鹏鹐鹎雕鹊鹓鹍䴖鸫鹑鹒鹋鹙鹕鹗鹖鹛鹜䴗鸧莺鹟鹤鹠鹡鹘鹣鹚鹚鹢鹞鸡䴘鹝'
    '鹧鹥鸥鸷鹨鸶鹪鹔鹩鹫鹇鹇鹬鹰鹭鸴㶉鹯䴙鹱鹲鸬鹴鹦鹳鹂鸾卤咸鹾碱盐丽麦麸面面曲曲面么么黄黉点党黪霉黡黩黾鼋鼌鼍冬鼹齐斋赍齑'
    '齿龀龁龂龅龇龃龆龄出龈啮龊龉龋腭龌龙厐庞䶮龚龛龟䜤鿒卫着', null));

-- Words as they are looked for: small letters, simplified, without punctuation, Chinese and other script apart, a space
-- before each: `Tap 水喉 B2-8` becomes ` tap 水喉 b2 8`.
create function search_text(words text) returns text language plpgsql stable as $$
declare
  traditional text;
  simplified text;
begin
  words := lower(normalize(words, NFKC));
  select string_agg(h.hant, ''), string_agg(h.hans, '') into traditional, simplified
    from hanzi h where h.hant = any(string_to_array(words, null));
  words := translate(words, coalesce(traditional, ''), coalesce(simplified, ''));
  words := regexp_replace(words, '([㐀-鿿𠀀-𲎯]+)', ' \1 ', 'g');
  return rtrim(' ' || ltrim(regexp_replace(words, '[^[:alnum:]]+', ' ', 'g')));
end $$;

-- What such words must be found by: Chinese by its pairs, or by the one character; others by any three letters in a row,
-- or by the one or two with which a word begins. And what decides, as patterns.
create function search_needs(words text) returns text[] language sql immutable as $$
  select array(
    select gram from unnest(string_to_array(ltrim(words), ' ')) as word, lateral (
      select word as gram where word ~ '^[㐀-鿿𠀀-𲎯]$'
      union all select a || b from unnest(string_to_array(left(word, -1), null), string_to_array(substr(word, 2), null)) as pair (a, b)
        where word ~ '^[㐀-鿿𠀀-𲎯]'
      union all select g from unnest(show_trgm(word)) as g
        where word !~ '^[㐀-鿿𠀀-𲎯]' and g !~ '^0x' and case when length(word) < 3 then g ~ '^ .*[^ ]$' else g !~ ' ' end) as needs)
$$;
create function search_patterns(words text) returns text[] language sql immutable as $$
  select array(select case when word ~ '^[㐀-鿿𠀀-𲎯]' or length(word) > 2 then '%' || word || '%' else '% ' || word || '%' end
    from unnest(string_to_array(ltrim(words), ' ')) as word)
$$;

create function month_of(at timestamptz) returns int language sql immutable as $$
  select (extract(year from at at time zone 'UTC') * 12 + extract(month from at at time zone 'UTC'))::int
$$;

-- A request as it is found. Text and facets are kept by the triggers below, in the transaction of their cause.
create table request_search (
  estate_id uuid not null,
  request_id uuid not null,
  received_at timestamptz not null,
  stage text not null,
  -- Days on the estate's wall: when it came in, and when it last left the office's hands.
  received_on date not null,
  closed_on date,
  -- What it is, each as `kind:value`.
  facets text[] not null,
  -- Its words, code, place and people, as `search_text` writes them.
  text text not null,
  primary key (estate_id, request_id),
  foreign key (estate_id, request_id) references request (estate_id, id)
);

-- Keys are an estate's and a month's own: whoever looks for something reads no other estate's rows, and month by month
-- from the newest, so that what is in every second request is found as fast as what is in one.
create function search_keys(estate uuid, month int, tokens text[]) returns bigint[] language sql immutable as $$
  select array(select hashtextextended(token, uuid_hash_extended(estate, month)) from unnest(tokens) as token)
$$;
-- The same for a request, at one go. Names are written out: from Postgres 17 on, an index is built without a search path.
create function request_keys(estate uuid, at timestamptz, text text, facets text[])
returns bigint[] language plpgsql immutable as $$
declare
  seed constant bigint := uuid_hash_extended(estate, public.month_of(at));
  letters constant text[] := string_to_array(regexp_replace(text, '[^㐀-鿿𠀀-𲎯]+', ' ', 'g'), null);
begin
  return array(select hashtextextended(token, seed) from unnest(
    facets || public.show_trgm(regexp_replace(text, '[㐀-鿿𠀀-𲎯]+', ' ', 'g'))
    || array(select c from unnest(letters) as c where c <> ' ')
    || array(select a || b from unnest(letters, letters[2:]) as pair (a, b) where a <> ' ' and b <> ' ')) as token);
end $$;

create function is_open_stage(stage text) returns boolean language sql immutable as $$
  select stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'disputed', 'reopened')
$$;

create function request_facets(r request) returns text[] language plpgsql stable as $$
begin
  return array(select distinct facet from (
    select 'all' as facet
    union all select 'state:' || case when is_open_stage(r.stage) then 'open' else r.stage end
    union all select 'source:' || r.channel
    union all select unnest(array['department:' || r.department_id, 'seen:' || r.department_id])
    union all select unnest(array['accountable:' || r.accountable_id, 'person:' || r.accountable_id])
    union all select unnest(array['item:' || i.slug, 'group:' || coalesce(g.slug, i.slug)])
      from catalogue_item i left join catalogue_item g on g.estate_id = i.estate_id and g.id = i.parent_id
      where i.estate_id = r.estate_id and i.id = r.item_id
    union all select unnest(array['building:' || u.building_id, 'floor:' || u.floor, 'unit:' || u.number])
      from unit u where u.estate_id = r.estate_id and u.id = r.unit_id
    union all select unnest(array['area:' || c.name_en, 'building:' || c.building_id, 'floor:' || r.floor])
      from common_area c where c.estate_id = r.estate_id and c.id = r.area_id
    union all select unnest(array['order:' || o.department_id, 'seen:' || o.department_id,
        case when o.stage not in ('refused', 'cancelled') then 'person:' || o.assignee_id end])
      from work_order o where o.estate_id = r.estate_id and o.request_id = r.id
    union all (select 'rating:' || stars
      from rating a, generate_series(least(a.attitude, a.conduct, a.speed, a.result), 5) as stars
      where a.estate_id = r.estate_id and a.request_id = r.id and a.life = r.reopened_times)
    union all select 'rating:none' where not is_open_stage(r.stage) and not exists (
      select from rating a where a.estate_id = r.estate_id and a.request_id = r.id and a.life = r.reopened_times)
  ) as found where facet is not null order by facet);
end $$;

create function request_text(r request) returns text language plpgsql stable as $$
begin
  return (select search_text(concat_ws(' ', r.code, r.words, i.name_en, i.name_hans, i.name_hant, u.number, b.name_en, b.name_hans,
    b.name_hant, c.name_en, c.name_hans, c.name_hant, p.name, p.latin_name, a.name))
  from catalogue_item i
  left join unit u on u.estate_id = r.estate_id and u.id = r.unit_id
  left join common_area c on c.estate_id = r.estate_id and c.id = r.area_id
  left join building b on b.estate_id = r.estate_id and b.id = coalesce(u.building_id, c.building_id)
  left join party p on p.estate_id = r.estate_id and p.id = r.party_id
  left join account a on a.id = r.reporter_id
  where i.estate_id = r.estate_id and i.id = r.item_id);
end $$;

create function day_at(estate uuid, at timestamptz) returns date language plpgsql stable as $$
begin
  return (select (at at time zone e.zone)::date from estate e where e.id = estate);
end $$;

-- All of it anew from the rows themselves: where it begins, and what a test compares it with.
create view request_search_recount as
select r.estate_id, r.id as request_id, r.received_at, r.stage, day_at(r.estate_id, r.received_at) as received_on,
  case when not is_open_stage(r.stage) then (
    select day_at(r.estate_id, min(h.at)) from happening h
    where h.estate_id = r.estate_id and h.room = 'requests' and h.subject_id = r.id
      and h.kind in ('done', 'cancelled', 'declined', 'marked_duplicate')
      and h.id > coalesce((
        select max(b.id) from happening b where b.estate_id = r.estate_id and b.room = 'requests' and b.subject_id = r.id
          and b.kind in ('disputed', 'reopened')), 0)) end as closed_on,
  request_facets(r) as facets, request_text(r) as text
from request r;
insert into request_search select * from request_search_recount;

create index request_search_keys_idx on request_search
  using gin (request_keys(estate_id, received_at, text, facets)) with (fastupdate = off);
-- What is frequent among hashes helps no planner, and takes long to find out.
alter index request_search_keys_idx alter column 1 set statistics 0;
-- Nobody looks for words in the requests themselves any more.
drop index request_words_idx;

create function begin_request_search() returns trigger language plpgsql as $$
begin
  insert into request_search (estate_id, request_id, received_at, stage, received_on, closed_on, facets, text)
  values (new.estate_id, new.id, new.received_at, new.stage, day_at(new.estate_id, new.received_at),
    case when not is_open_stage(new.stage) then day_at(new.estate_id, new.stage_at) end, request_facets(new), request_text(new));
  return null;
end $$;
create trigger request_search_begins after insert on request
  for each row execute function begin_request_search();

-- Where only the stage moved, no column of the index did, and the row is updated in place.
create function save_request_search(r request) returns void language plpgsql as $$
declare
  now_facets constant text[] := request_facets(r);
begin
  update request_search s set stage = r.stage, facets = now_facets,
    closed_on = case when not is_open_stage(r.stage) then coalesce(s.closed_on, day_at(r.estate_id, r.stage_at)) end
  where s.estate_id = r.estate_id and s.request_id = r.id and (s.stage, s.facets) is distinct from (r.stage, now_facets);
end $$;
create function follow_request() returns trigger language plpgsql as $$
begin
  if is_open_stage(old.stage) and is_open_stage(new.stage) and (old.department_id, old.accountable_id, old.reopened_times)
    is not distinct from (new.department_id, new.accountable_id, new.reopened_times)
  then
    update request_search set stage = new.stage where estate_id = new.estate_id and request_id = new.id;
  else
    perform save_request_search(new);
  end if;
  return null;
end $$;
create trigger request_search_follows after update of stage, department_id, accountable_id, reopened_times on request
  for each row when ((old.stage, old.department_id, old.accountable_id, old.reopened_times)
    is distinct from (new.stage, new.department_id, new.accountable_id, new.reopened_times))
  execute function follow_request();
create function follow_part_of_request() returns trigger language plpgsql as $$
begin
  perform save_request_search(r) from request r where r.estate_id = new.estate_id and r.id = new.request_id;
  return null;
end $$;
create trigger request_search_follows_new after insert on work_order
  for each row execute function follow_part_of_request();
create trigger request_search_follows_moved after update on work_order
  for each row when ((old.assignee_id, old.department_id, old.stage in ('refused', 'cancelled'))
    is distinct from (new.assignee_id, new.department_id, new.stage in ('refused', 'cancelled')))
  execute function follow_part_of_request();
create trigger request_search_follows after insert on rating
  for each row execute function follow_part_of_request();

-- The newest requests of an estate that have all of these facets and words, behind a row. Among the facets stands what
-- whoever looks may see: `all`, or `seen:…` or `order:…` of a department, which say the same as `is_seen_by`. Month by
-- month: reads what it returns, and at most a month's worth of matches more.
create function find_requests(estate uuid, wanted text[], words text, before_at timestamptz, before_id uuid, most int)
returns table (id uuid, received_at timestamptz) language plpgsql stable as $$
declare
  folded constant text := search_text(words);
  tokens constant text[] := search_needs(folded) || wanted;
  patterns constant text[] := search_patterns(folded);
  keys bigint[];
  month int;
  oldest int;
  found int;
begin
  select month_of(min(r.received_at)), month_of(least(max(r.received_at), before_at)) into oldest, month
    from request r where r.estate_id = estate;
  while month >= oldest and most > 0 loop
    keys := search_keys(estate, month, tokens);
    return query
      select s.request_id, s.received_at from request_search s
      where request_keys(s.estate_id, s.received_at, s.text, s.facets) @> keys
        and s.estate_id = estate and s.facets @> wanted and s.text like all (patterns)
        and (before_at is null or (s.received_at, s.request_id) < (before_at, before_id))
      order by s.received_at desc, s.request_id desc limit most;
    get diagnostics found = row_count;
    most := most - found;
    month := month - 1;
  end loop;
end $$;
