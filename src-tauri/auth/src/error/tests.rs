//! The remedy for each cause.

use super::*;

#[test]
fn only_invalid_grant_and_its_kin_ask_a_signed_in_person_to_sign_in_again() {
    let at = |cause| Error::new(Step::Leg(Leg::Microsoft), cause).remedy();
    assert_eq!(at(Cause::SignInExpired { error: "invalid_grant".into() }), Remedy::SignIn);
    assert_eq!(at(Cause::NoRefreshToken), Remedy::SignIn);
    for status in [408, 429, 500, 503] {
        assert_eq!(at(Cause::Passing { status, retry_after: None }), Remedy::Retry { after: None }, "{status}");
    }
    for why in [Unreachable::Connect, Unreachable::Tls, Unreachable::TimedOut, Unreachable::Broken] {
        let cause = Cause::Unreachable { host: "login.microsoftonline.com".into(), why };
        assert_eq!(at(cause), Remedy::Retry { after: None }, "{why:?}");
    }
    assert_eq!(at(Cause::Unreadable(Unreadable::Empty)), Remedy::Retry { after: None });
}

#[test]
fn a_wait_that_the_service_asks_for_is_kept() {
    let wait = Some(Duration::from_secs(15));
    let error = Error::new(Step::Leg(Leg::XboxUser), Cause::Passing { status: 429, retry_after: wait });
    assert_eq!(error.remedy(), Remedy::Retry { after: wait });
}
