use crate::bookings::model::{Measure, WaterReading};

impl Measure {
    /// From what to what it may be, in its own unit: GB 37488-2019 (公共场所卫生指标及限值要求), the water of artificial
    /// pools: free residual chlorine 0.3 to 1.0 mg/L, pH 7.0 to 7.8, turbidity at most 1 NTU, temperature 23 to 30 °C.
    /// The manuals (K4) ask for a log and give no numbers.
    pub fn limits(self) -> (i32, i32) {
        match self {
            Measure::Chlorine => (30, 100),
            Measure::Ph => (700, 780),
            Measure::Turbidity => (0, 100),
            Measure::Temperature => (230, 300),
        }
    }

    /// How many of its units are one: hundredths, or tenths.
    pub fn scale(self) -> i32 {
        if self == Measure::Temperature { 10 } else { 100 }
    }
}

impl WaterReading {
    /// What was read of one.
    pub fn of(&self, measure: Measure) -> i32 {
        match measure {
            Measure::Chlorine => self.chlorine,
            Measure::Ph => self.ph,
            Measure::Turbidity => self.turbidity,
            Measure::Temperature => self.temperature,
        }
    }

    /// What of it is beyond its limits.
    pub fn beyond(&self) -> Vec<Measure> {
        let is_beyond = |measure: &Measure| {
            let (least, most) = measure.limits();
            !(least..=most).contains(&self.of(*measure))
        };
        Measure::ALL.into_iter().filter(is_beyond).collect()
    }
}
