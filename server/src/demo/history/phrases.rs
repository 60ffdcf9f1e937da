//! The few sentences that no story brings along, written for their readers.

use app::followups::{Answer, FollowUpMeans};
use app::requests::{Attempt, Means, Response};
use app::texts::Lang;

use super::super::dice::Dice;

fn pick(dice: &mut Dice, of: &[&str]) -> String {
    dice.pick(of).copied().unwrap_or_default().to_owned()
}

/// Why a promised time moved, as the resident is told.
pub fn held_up(lang: Lang, dice: &mut Dice) -> String {
    pick(
        dice,
        match lang {
            Lang::En => &[
                "Our technician is held up by an urgent job in another building; sorry for the wait.",
                "You asked us to come later in the day.",
                "The part has to be fetched from the supplier first.",
                "The job before yours took longer than planned.",
            ],
            Lang::Hans => &[
                "师傅在别栋处理紧急抢修，请您多等一会儿，抱歉。",
                "按您电话里说的，改到晚一点上门。",
                "需要的配件要先去供应商处取。",
                "前一户的维修比预计久，顺延。",
            ],
            Lang::Hant => &[
                "師傅正在另一座處理緊急搶修，麻煩您稍候，抱歉。",
                "按您來電要求，改為稍後上門。",
                "所需零件要先向供應商取貨。",
                "上一戶的維修比預期久，順延處理。",
            ],
        },
    )
}

/// What the desk asks while a matter waits for the resident.
pub fn question(lang: Lang, dice: &mut Dice) -> String {
    pick(
        dice,
        match lang {
            Lang::En => &[
                "When would somebody be at home? We'll keep the slot for you.",
                "Could you send the brand and model, so that we bring the right part?",
            ],
            Lang::Hans => &["请问您什么时候家里有人？我们先给您留着时间。", "方便告诉我们品牌型号吗？师傅好带对配件。"],
            Lang::Hant => &["請問府上何時有人？我們先為您預留時段。", "方便提供牌子和型號嗎？師傅可帶合適的零件上門。"],
        },
    )
}

/// Why an order came back, for the desk.
pub fn refused(dice: &mut Dice) -> String {
    pick(dice, &["正在抢修，两小时内走不开。", "需要登高证，我没有，请派有证的同事。", "今天调休，麻烦改派。"])
}

/// What to do besides the report, for whoever goes.
pub fn instructions(dice: &mut Dice) -> Option<String> {
    let of = &["上门前先电话联系。", "带鞋套，家里有小孩。", "完工后拍照留底。", "先关总阀再动手。", "注意提示牌。"];
    dice.chance(22).then(|| pick(dice, of))
}

/// How the front desk of our other office is known in an estate.
pub fn other_office(estate: &str) -> &'static str {
    if estate == "liyuan" { "柏彦大厦前台" } else { "荔园前台" }
}

/// What was found on site, before the work.
pub fn found(dice: &mut Dice) -> String {
    pick(
        dice,
        &[
            "与报修一致，更换配件即可。",
            "实际为接头松动，先紧固再试。",
            "打开检查，配件老化，整件更换。",
            "与报修不同，问题在上一级，一并处理。",
        ],
    )
}

/// What goes into most repairs: its name, its unit, and how many thousandths of that.
pub fn material(dice: &mut Dice) -> (&'static str, &'static str, i64) {
    let of = [("生料带", "卷", 1000), ("密封圈", "个", 2000), ("螺丝", "个", 4000), ("绝缘胶布", "卷", 500)];
    dice.pick(&of).copied().unwrap_or(("螺丝", "个", 1000))
}

/// Why there is neither a photo nor a signature.
pub fn no_signature(is_home: bool, dice: &mut Dice) -> String {
    let of: &[&str] = if is_home {
        &["住户不在家，电话确认。", "住户抱着孩子不便签字，口头确认。", "家中只有老人，电话与业主本人核对。"]
    } else {
        &["公共区域，无人签字；当班保安在场。", "公共区域，领班巡查时复核。", "现场无人，已发工作群留底。"]
    };
    pick(dice, of)
}

/// What somebody saw who checked the result.
pub fn checked(dice: &mut Dice) -> String {
    pick(
        dice,
        &["现场复核，整改到位。", "试运行半小时，无异常。", "对照整改要求逐项检查，合格。", "复查未见渗漏，予以验收。"],
    )
}

/// How the office tried to get a word from somebody who says none.
pub fn attempt(dice: &mut Dice) -> Attempt {
    let (means, outcome, notes): (_, _, &[&str]) = match dice.below(10) {
        0..6 => (Means::Phone, Response::NoAnswer, &["响铃无人接听。", "关机，晚上再打。", "占线两次。"]),
        6 | 7 => (Means::Message, Response::NoAnswer, &["已发短信，未回。", "微信留言，未读。"]),
        8 => (Means::Door, Response::NoAnswer, &["敲门无人应，门上贴了回访条。"]),
        _ => (Means::Phone, Response::Reached, &["人在外地，说回来看了再确认。", "说应该好了，请其在手机上确认。"]),
    };
    Attempt { means, outcome, note: Some(pick(dice, notes)) }
}

/// What residents say when they are asked again.
pub fn answer(lang: Lang, dice: &mut Dice) -> Answer {
    let means = if dice.chance(85) { FollowUpMeans::Phone } else { FollowUpMeans::Visit };
    let satisfied = dice.chance(88);
    let of: &[&str] = match (satisfied, lang) {
        (true, Lang::En) => &["All in order since.", "Quick and tidy, thank you.", "Works as it should."],
        (true, Lang::Hans) => &["一直正常，谢谢师傅。", "来得快，收拾得也干净。", "没有再出问题。"],
        (true, Lang::Hant) => &["一直正常，多謝師傅。", "來得快，收拾得很乾淨。", "沒有再出問題。"],
        (false, Lang::En) => &["It is better, but not gone.", "Nobody said when they would come; I waited all day."],
        (false, Lang::Hans) => &["好一些，但还没完全解决。", "没说几点来，白等了一天。"],
        (false, Lang::Hant) => &["好一些，但未完全解決。", "沒有說幾點來，白等了一天。"],
    };
    let speaks = !satisfied || dice.chance(45);
    Answer { means, satisfied, words: speaks.then(|| pick(dice, of)) }
}
