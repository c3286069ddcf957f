// What persons decided on an event or a claim: who, when, why, and whether it still rules.
import { coded, moment, t } from "../core/i18n";

export interface Decision {
  id: string;
  recorded_at: string;
  act: string;
  author: string | null;
  reason: string;
  in_force: boolean;
}

export function Decisions({ decisions }: { decisions: readonly Decision[] | undefined }) {
  if (decisions === undefined || decisions.length === 0) return null;
  return (
    <section>
      <h2>{t("decisions.title")}</h2>
      <ul class="versions">
        {decisions.map((d) => (
          <li key={d.id}>
            <p><strong>{coded("desk", d.act)}</strong>{d.author !== null && <> · <bdi>{d.author}</bdi></>} <span class="quiet">{moment(d.recorded_at)}</span>{!d.in_force && <span class="tag"> {t("decisions.undone")}</span>}</p>
            <p dir="auto">{d.reason}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
