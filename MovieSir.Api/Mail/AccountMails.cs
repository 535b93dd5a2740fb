using MovieSir.Data.Accounts;

namespace MovieSir.Api.Mail;

/// <summary>What is written to people about their accounts.</summary>
internal static class AccountMails
{
    public static MailText SignUpCode(Language language, string code, int minutes) => language is Language.Ko
        ? MailLayout.Write(language, "가입 인증번호를 확인해 주세요", ["가입을 마치려면 아래 인증번호를 입력해 주세요."], code, null,
            $"인증번호는 {minutes}분 동안 쓸 수 있어요.", "가입을 신청하지 않으셨다면 이 메일은 무시하셔도 괜찮아요.")
        : MailLayout.Write(language, "Your sign-up code", ["Type this code to finish signing up."], code, null,
            $"It works for {minutes} minutes.", "If you did not sign up, you can ignore this mail.");

    public static MailText HasAccount(Language language, string app) => language is Language.Ko
        ? MailLayout.Write(language, "이미 가입된 이메일이에요", ["이 이메일로 가입 신청이 들어왔지만, 이미 계정이 있어요."], null, ("로그인하기", $"{app}/signin"),
            "비밀번호가 기억나지 않으면 로그인 화면에서 다시 정할 수 있어요.", "가입을 신청하지 않으셨다면 이 메일은 무시하셔도 괜찮아요.")
        : MailLayout.Write(language, "You already have an account", ["Somebody signed up with this e-mail, which has an account already."], null,
            ("Sign in", $"{app}/signin"), "You can set a new password on the sign-in page.", "If it was not you, you can ignore this mail.");

    public static MailText PasswordReset(Language language, string link, int minutes) => language is Language.Ko
        ? MailLayout.Write(language, "비밀번호를 다시 정해 주세요", ["아래 버튼을 눌러 새 비밀번호를 정해 주세요."], null, ("새 비밀번호 정하기", link),
            $"링크는 {minutes}분 동안 한 번만 쓸 수 있어요.", "요청하지 않으셨다면 이 메일은 무시하셔도 괜찮아요. 비밀번호는 그대로예요.")
        : MailLayout.Write(language, "Set a new password", ["Follow this link to set a new password."], null, ("Set a new password", link),
            $"It works once, for {minutes} minutes.", "If you did not ask for it, you can ignore this mail. Your password stays as it is.");

    public static MailText PasswordChanged(Language language, string app) => language is Language.Ko
        ? MailLayout.Write(language, "비밀번호가 바뀌었어요", ["계정의 비밀번호가 바뀌었고, 다른 기기에서는 로그아웃되었어요."], null, null,
            $"직접 바꾸신 게 아니라면 {app}/signin 에서 바로 비밀번호를 다시 정해 주세요.")
        : MailLayout.Write(language, "Your password was changed",
            ["The password of your account was changed, and other devices were signed out."], null,
            null, $"If it was not you, set a new one at once: {app}/signin");

    public static MailText EmailChange(Language language, string link, int minutes) => language is Language.Ko
        ? MailLayout.Write(language, "새 이메일을 확인해 주세요", ["이 주소를 계정의 새 이메일로 쓰려면 아래 버튼을 눌러 주세요."], null, ("이메일 확인하기", link),
            $"링크는 {minutes}분 동안 한 번만 쓸 수 있어요.", "바꾸려고 하지 않으셨다면 이 메일은 무시하셔도 괜찮아요.")
        : MailLayout.Write(language, "Confirm your new e-mail", ["Follow this link to use this address for your account."], null, ("Confirm", link),
            $"It works once, for {minutes} minutes.", "If you did not ask for it, you can ignore this mail.");

    public static MailText EmailChanged(Language language, string app) => language is Language.Ko
        ? MailLayout.Write(language, "계정 이메일이 바뀌었어요", ["계정의 이메일이 다른 주소로 바뀌었어요. 이 주소로는 더 이상 로그인할 수 없어요."], null, null,
            $"직접 바꾸신 게 아니라면 {app}/help 를 봐 주세요.")
        : MailLayout.Write(language, "Your e-mail was changed",
            ["Your account has another e-mail now. This address does not sign in any more."], null, null,
            $"If it was not you, see {app}/help");

    public static MailText AccountDeleted(Language language, DateTimeOffset until, string app) => language is Language.Ko
        ? MailLayout.Write(language, "계정이 삭제되었어요", [$"{until:yyyy-MM-dd}까지는 로그인해서 되살릴 수 있고, 그 뒤에는 모든 기록이 지워져요."], null,
            ("로그인하기", $"{app}/signin"))
        : MailLayout.Write(language, "Your account was deleted",
            [$"Until {until:yyyy-MM-dd} you can restore it by signing in. After that everything is erased."], null, ("Sign in", $"{app}/signin"));

    public static MailText Invitation(Language language, string company, string link, int days) => language is Language.Ko
        ? MailLayout.Write(language, "MovieSir 콘솔에 초대되었어요", [$"{company} 회사가 MovieSir 콘솔의 구성원으로 초대했어요."], null,
            ("초대 받아들이기", link), $"링크는 {days}일 동안 한 번만 쓸 수 있어요.", "아는 회사가 아니라면 이 메일은 무시하셔도 괜찮아요.")
        : MailLayout.Write(language, "You are invited to the MovieSir console",
            [$"{company} invites you to become a member in the MovieSir console."], null, ("Accept the invitation", link),
            $"The link works once, for {days} days.", "If you do not know the company, you can ignore this mail.");
}
