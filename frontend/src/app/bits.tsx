// Small parts that every view uses: grades, links to things, states of waiting and failing.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { setToken, token } from "../core/api";
import { actorName } from "../core/called";
import type { Answer } from "../core/data";
import { refresh } from "../core/data";
import { coded, t } from "../core/i18n";
import type { Grade } from "../core/model";
import { open } from "../core/store";

export function GradeChip({ grade }: { grade: Grade }) {
  return <span class={`grade grade-${grade}`} title={coded("grade", `${grade}.why`)}>{coded("grade", grade)}</span>;
}

/** A button that opens the page of a thing: `place:gn:170063`, `event:…`. */
export function Thing({ what, children, plain = false }: { what: string; children: ComponentChildren; plain?: boolean }) {
  return <button type="button" class={plain ? "thing plain" : "thing"} dir="auto" onClick={() => open(what)}>{children}</button>;
}

/** Names of actors, each leading to its page. */
export function Actors({ names }: { names: readonly string[] | undefined }) {
  if (names === undefined || names.length === 0) return <span class="quiet">{t("nobody")}</span>;
  return <>{names.map((name, i) => <>{i > 0 && <span>{t("comma")}</span>}<Thing what={`actor:${name}`}>{actorName(name)}</Thing></>)}</>;
}

/** The name that the record has, where the page's language shows another. */
export function AsRecorded({ name, shown }: { name: string; shown: string }) {
  return name === shown ? null : <p class="quiet"><bdi>{name}</bdi></p>;
}

export function Waiting() {
  return <p class="waiting" role="status"><span class="sr">{t("state.loading")}</span><span class="bar" aria-hidden="true" /></p>;
}

/** What went wrong, in words, with a way to ask again. */
export function Trouble({ answer }: { answer: Answer<unknown> }) {
  const { problem } = answer;
  if (problem === null) return null;
  if (problem.status === 401) return <TokenForm />;
  const words = problem.status === 0 ? t("state.offline") : problem.status === 404 ? t("state.notfound") : t("state.error", { why: problem.message });
  return (
    <div class="trouble" role="alert">
      <p>{words}</p>
      {problem.status !== 404 && <button type="button" onClick={refresh}>{t("state.retry")}</button>}
    </div>
  );
}

/** Asks for the token that the server wants; it is kept for this tab alone. */
export function TokenForm({ done = refresh }: { done?: () => void }) {
  const [text, set] = useState(token());
  const give = (e: Event): void => {
    e.preventDefault();
    setToken(text);
    done();
  };
  return (
    <form class="token" onSubmit={give}>
      <label class="field"><span>{t("token.label")}</span><input type="password" autocomplete="off" value={text} onInput={(e) => set(e.currentTarget.value)} /></label>
      <button type="submit">{t("token.use")}</button>
    </form>
  );
}

/** The answer's content, or why there is none yet. */
export function Given<T>({ answer, children }: { answer: Answer<T>; children: (data: T) => ComponentChildren }) {
  if (answer.data !== null) return <>{children(answer.data)}</>;
  return answer.problem !== null ? <Trouble answer={answer} /> : <Waiting />;
}

/** A row of a definition list that is left out where there is nothing to say. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  if (children === null || children === undefined || children === "" || children === false) return null;
  return <div class="fact"><dt>{name}</dt><dd>{children}</dd></div>;
}

/** An address of a report as published: only http and https, and nothing of this page is told to it. */
export function Outside({ url, children }: { url: string | null; children: ComponentChildren }) {
  if (url === null || !/^https?:\/\//i.test(url)) return null;
  return <a href={url} target="_blank" rel="noopener noreferrer nofollow">{children}</a>;
}
