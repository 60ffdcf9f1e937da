//! What somebody may do with a request now: each move is tried on a copy, so that a button can never
//! offer what the rule refuses.

use super::model::{Case, Promise, PromiseKind, Rating, Request, ResidentMove, StaffMove, Stage, WaitingOn};
use super::rules::MOVES;
use crate::moment::Moment;
use crate::people::{Power, Resident, Staff};
use chrono::Duration;

impl Request {
    /// What a resident may do now.
    pub fn resident_moves(&self, by: &Resident, rated: bool, within: Duration, at: Moment) -> Vec<ResidentMove> {
        let mut copy = self.clone();
        let mut moves = Vec::new();
        if copy.confirm(by, at).is_ok() {
            moves.push(ResidentMove::Confirm);
        }
        if self.clone().dispute(by, String::new(), within, at).is_ok() {
            moves.push(ResidentMove::Dispute);
        }
        let rating = Rating { attitude: 5, conduct: 5, speed: 5, result: 5 };
        if self.rate(by, rating, rated).is_ok() {
            moves.push(ResidentMove::Rate);
        }
        if self.comment(by, String::new()).is_ok() {
            moves.push(ResidentMove::Comment);
        }
        if self.clone().cancel(by, None, at).is_ok() {
            moves.push(ResidentMove::Cancel);
        }
        moves
    }
}

impl Case {
    /// What a member of staff may do now, the likeliest first.
    pub fn staff_moves(&self, by: &Staff, given_before: bool, at: Moment) -> Vec<StaffMove> {
        let request = &self.request;
        let later = Promise { kind: PromiseKind::Finish, due_at: at + Duration::minutes(1) };
        let reason = || String::from("-");
        let legal = |stage: &Stage| MOVES.contains(&(request.stage.tag(), stage.tag()));
        let may_send = by.can(Power::Dispatch) || by.can(Power::Assign);
        let mut moves = Vec::new();
        let mut offer = |possible: bool, what: StaffMove| {
            if possible {
                moves.push(what);
            }
        };
        offer(request.clone().triage(by, request.urgency, at).is_ok(), StaffMove::Triage);
        offer(
            may_send && matches!(request.stage, Stage::Triaged | Stage::Dispatched | Stage::InProgress),
            StaffMove::Dispatch,
        );
        offer(request.clone().promise(by, later, Some(reason()), given_before, at).is_ok(), StaffMove::Promise);
        offer(request.clone().resume(by, at).is_ok(), StaffMove::Resume);
        offer(request.clone().archive(by, at).is_ok(), StaffMove::Archive);
        offer(request.clone().wait(by, WaitingOn::Resident, at).is_ok(), StaffMove::Wait);
        offer(request.clone().decline(by, reason(), at).is_ok(), StaffMove::Decline);
        offer(by.can(Power::Decline) && legal(&Stage::Duplicate { of: request.id }), StaffMove::MarkDuplicate);
        offer(request.remark(by, reason(), true).is_ok(), StaffMove::Comment);
        offer(request.remark(by, reason(), false).is_ok(), StaffMove::Note);
        moves
    }
}
