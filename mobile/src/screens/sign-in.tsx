/** Sign-in: two fields, one button, the language. */
import { useSignal } from "@preact/signals";
import { Unreachable } from "../graph/client";
import { endedItself, signIn } from "../session";
import { LOCALES, known, locale, speak, t } from "../words/words";

export default function SignInScreen() {
  const problem = useSignal("");
  const busy = useSignal(false);
  const visible = useSignal(false);
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    busy.value = true;
    problem.value = await attempt(String(form.get("login")).trim(), String(form.get("password")));
    busy.value = false;
  }
  return (
    <main class="sign-in">
      <Welcome />
      {endedItself.value && <p class="note">{t("signIn.again")}</p>}
      <form onSubmit={(event) => void submit(event)}>
        <label class="field">
          <span>{t("signIn.login")}</span>
          <input name="login" autocomplete="username" autocapitalize="none" spellcheck={false} required />
        </label>
        <div class="field">
          <label for="password">{t("signIn.password")}</label>
          <div class="with-button">
            <input
              id="password"
              name="password"
              type={(visible.value ? "text" : "password") as "password"}
              autocomplete="current-password"
              required
            />
            <button type="button" aria-pressed={visible.value} onClick={() => (visible.value = !visible.value)}>
              {visible.value ? t("signIn.hide") : t("signIn.show")}
            </button>
          </div>
        </div>
        <p class="problem" role="alert">
          {problem.value}
        </p>
        <button class="button primary wide" disabled={busy.value}>
          {busy.value ? t("signIn.going") : t("signIn.go")}
        </button>
      </form>
      <Languages />
    </main>
  );
}

async function attempt(login: string, password: string): Promise<string> {
  try {
    const refused = await signIn(login, password);
    return refused ? (known(`signIn.${refused.code}`) ?? refused.message) : "";
  } catch (error) {
    return error instanceof Unreachable ? t("signIn.offline") : t("app.failed");
  }
}

function Welcome() {
  return (
    <header class="welcome">
      <svg viewBox="0 0 320 200" aria-hidden="true">
        <path class="flight" d="M24 176C60 40 220 4 268 112" />
        <path class="hand" d="M232 150c8 34 64 34 72 0" />
        <circle class="ball" cx="268" cy="126" r="17" />
      </svg>
      <h1>{t("app.name")}</h1>
      <p>{t("app.promise")}</p>
    </header>
  );
}

function Languages() {
  return (
    <div class="languages" role="group" aria-label={t("me.language")}>
      {LOCALES.map((one) => (
        <button
          key={one.locale}
          lang={one.tag}
          aria-pressed={locale.value === one.locale}
          onClick={() => void speak(one.locale)}
        >
          {one.name}
        </button>
      ))}
    </div>
  );
}
