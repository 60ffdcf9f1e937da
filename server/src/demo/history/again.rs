//! What is asked again once it has ended, by somebody who had no hand in it.

use app::estate::Zone;
use app::followups::{self, End, FollowUp};
use chrono::Duration;

use super::super::dice::Dice;
use super::life::{Life, Pause};
use super::phrases;

impl Life<'_, '_> {
    /// Draws it as the product does. Most of what is drawn is asked within two days; the rest waits to be.
    pub(super) fn ask_again(&mut self, end: End) -> Result<(), Pause> {
        let (request, ground) = (&self.case.request, self.office.ground);
        let month = followups::month_of(&Zone::of(&ground.zone), self.at);
        let seed = Dice::of(&format!("draws {} {month}", ground.slug)).bytes::<32>();
        let seed: String = seed.iter().map(|byte| format!("{byte:02x}")).collect();
        let rate = followups::rate(ground.policy.terms.sampling.requests, end);
        if !followups::is_drawn(&seed, (request.id, request.reopened_times), rate) {
            return Ok(());
        }
        let mut dice = Dice::of(&format!("again {}", request.id));
        let mut follow_up = FollowUp::begin(dice.id(self.at), request, (ground.policy.version, rate), self.at);
        self.tape.drawn(&follow_up, (month, seed), self.at);
        let mut hands = self.tape.hands();
        hands.extend(request.accountable);
        // Who answered for it before anybody took it.
        hands.push(self.office.duty_officer);
        let mut departments = vec![request.department];
        for order in &self.case.orders {
            hands.extend([Some(order.issued_by), Some(order.accountable), order.assignee].into_iter().flatten());
            departments.push(order.department);
        }
        let soon = self.at + Duration::minutes(dice.between(10 * 60, 40 * 60));
        let at = self.office.clock.within(soon, (9 * 60 + 30, 19 * 60), &mut dice);
        let by = self.office.asker(&hands, &departments, &mut dice);
        // What is asked late is asked within some days.
        let is_late = dice.chance(10) && self.office.clock.now - self.at < Duration::days(6);
        let waits = at > self.office.clock.now || is_late;
        let Some(by) = by.filter(|_| !waits) else { return Ok(()) };
        let answer = phrases::answer(self.plan.story.lang, &mut dice);
        let happening = follow_up.answer(&by.staff, false, answer, at)?;
        self.tape.asked(&follow_up, at);
        self.tape.record(request, &happening, by.actor(), at);
        Ok(())
    }
}
