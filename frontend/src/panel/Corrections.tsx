// That persons corrected claims: which field, what stood there before, who says so and why.
import { coded, t } from "../core/i18n";
import type { Correction } from "../core/model";
import { typedText } from "../core/words";

export function Corrections({ of }: { of: readonly Correction[] | undefined }) {
  if (of === undefined || of.length === 0) return null;
  return (
    <ul class="corrections">
      {of.map((c) => (
        <li key={c.decision + c.claim}>
          <span class="tag">{t("corrected.tag")}</span>{" "}
          {t("corrected.field", { field: coded("desk.field", c.field) })} <bdi>{typedText(c.field, c.was)}</bdi>
          {c.author !== null && <> · {t("corrected.by")} <bdi>{c.author}</bdi></>}: <bdi>{c.reason}</bdi>
        </li>
      ))}
    </ul>
  );
}
