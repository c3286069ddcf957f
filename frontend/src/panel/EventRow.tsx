// One event in a list: what, where, who, how sure.
import { GradeChip, Thing } from "../app/bits";
import { placeName } from "../core/called";
import { coded, t, typeName } from "../core/i18n";
import type { EventItem } from "../core/model";
import { figureText, shortInterval, sides } from "../core/words";
import { Sign } from "../map/Legend";

export function EventRow({ event, dated = false }: { event: EventItem; dated?: boolean }) {
  const killed = figureText(event.figures["killed"]);
  const who = sides(event);
  return (
    <li class="event-row">
      <Sign family={event.family} grade={event.grade} />
      <div>
        <Thing what={`event:${event.id}`} plain>
          <strong>{typeName(event.type)}</strong> · <bdi>{event.place === null ? t("nowhere") : placeName(event.place)}</bdi>
        </Thing>
        {who !== null && <p class="who" dir="auto">{who}</p>}
        <p class="under">
          {dated && <span>{shortInterval(event.time)}</span>}
          {killed !== null && <span>{coded("figure", "killed")}: {killed}</span>}
          <GradeChip grade={event.grade} />
        </p>
      </div>
    </li>
  );
}
