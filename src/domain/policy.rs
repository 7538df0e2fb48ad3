//! The permission table: the one place that says who may do what.

use super::{id::MemberId, text_enum::text_enum};

text_enum! {
    /// What a member is in the organisation; a member may have several.
    Role {
        Admin = "admin",
        Recruiter = "recruiter",
        HiringManager = "hiring_manager",
        Interviewer = "interviewer",
        Hr = "hr",
    }
}

/// Something that a member may be allowed to do. A request handler names it in its signature, as `May<RunJobs>`.
pub trait Permission: 'static {
    const NAME: &'static str;
    /// The roles that carry it.
    const ROLES: &'static [Role];

    fn granted_to(roles: &[Role]) -> bool {
        roles.iter().any(|role| Self::ROLES.contains(role))
    }
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident: $($role:ident)+;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name;
            impl Permission for $name {
                const NAME: &'static str = stringify!($name);
                const ROLES: &'static [Role] = &[$(Role::$role),+];
            }
        )+

        /// The table as data: each permission with the roles that carry it.
        pub const TABLE: &[(&str, &[Role])] = &[$((<$name as Permission>::NAME, <$name as Permission>::ROLES)),+];
    };
}

permissions! {
    /// One's own sessions, password, language and API tokens.
    OwnAccount:         Admin Recruiter HiringManager Interviewer Hr;
    /// Setting one's own second factor up, showing who one is, and signing out: all that is left to a member whose organisation
    /// asks for a second factor, until they have shown one.
    OwnFactors:         Admin Recruiter HiringManager Interviewer Hr;
    /// Jobs, candidates, interviews and scorecards as far as the member's reach goes ([`Reach`]).
    SeeJobs:            Admin Recruiter HiringManager Interviewer Hr;
    /// The kit and one's own scorecards: whoever has a seat.
    Score:              Admin Recruiter HiringManager Interviewer Hr;
    SeeRubrics:         Admin Recruiter HiringManager Interviewer Hr;
    EditRubrics:        Admin Recruiter;
    /// Open, change and close jobs; add and import candidates; schedule interviews.
    RunJobs:            Admin Recruiter;
    /// Print blank kits, and enter a paper scorecard for its interviewer, who is asked whether it is right.
    EnterScorecards:    Admin Recruiter;
    /// Close the debriefs of one's jobs ([`leads_debriefs`]).
    CloseDebriefs:      Admin Recruiter HiringManager;
    SeeComparison:      Admin Recruiter HiringManager Hr;
    Decide:             Admin HiringManager;
    SendSummary:        Admin HiringManager;
    ExportRecords:      Admin Hr;
    /// Erase candidates, and lay and lift legal holds.
    EraseRecords:       Admin Hr;
    SeeTrail:           Admin Hr;
    SeeLetters:         Admin Recruiter;
    ManageMembers:      Admin;
    ManageOrganisation: Admin;
}

/// Which jobs a member sees, and through them which candidates, interviews and records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Every job of the organisation.
    All,
    /// Jobs whose hiring manager or recruiter one is, and jobs in which one has a seat.
    Own,
}

impl Reach {
    /// `own_jobs_only` is what an admin has set for the member; it holds for everybody but admins.
    pub fn of(roles: &[Role], own_jobs_only: bool) -> Reach {
        let all: &[Role] = if own_jobs_only { &[Role::Admin] } else { &[Role::Admin, Role::Recruiter, Role::Hr] };
        if roles.iter().any(|role| all.contains(role)) { Reach::All } else { Reach::Own }
    }
}

/// Debriefs are opened and closed by whoever runs jobs and by the job's hiring manager; raters may open them too.
pub fn leads_debriefs(roles: &[Role], member: MemberId, hiring_manager: MemberId) -> bool {
    RunJobs::granted_to(roles) || answers_for(roles, member, hiring_manager)
}

/// Decisions and summaries of a job are its hiring manager's and the admins', whatever else a member may see.
pub fn answers_for(roles: &[Role], member: MemberId, hiring_manager: MemberId) -> bool {
    member == hiring_manager || roles.contains(&Role::Admin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_admins_and_hr_export_records() {
        assert!(ExportRecords::granted_to(&[Role::Hr]));
        assert!(!ExportRecords::granted_to(&[Role::Recruiter, Role::HiringManager, Role::Interviewer]));
    }

    #[test]
    fn a_member_without_roles_may_do_nothing() {
        assert!(!OwnAccount::granted_to(&[]));
        assert_eq!(Reach::of(&[], false), Reach::Own);
    }

    #[test]
    fn own_jobs_only_holds_for_everybody_but_admins() {
        assert_eq!(Reach::of(&[Role::Recruiter, Role::Hr], false), Reach::All);
        assert_eq!(Reach::of(&[Role::Recruiter, Role::Hr], true), Reach::Own);
        assert_eq!(Reach::of(&[Role::Recruiter, Role::Admin], true), Reach::All);
    }
}
