// Signs of events, drawn once a theme: the shape tells the family, the filling the grade. And the hatching of contested areas.
import type { Map as MapLibre } from "maplibre-gl";
import type { Family, Grade } from "../core/model";

export const FAMILIES: readonly Family[] = ["battle", "remote", "civilians", "demonstrations", "strategic"];
export const GRADES: readonly Grade[] = ["confirmed", "fair", "weak", "contested", "discounted"];
const SIZE = 44;
const MIDDLE = SIZE / 2;

type Pen = CanvasRenderingContext2D;

function polygon(pen: Pen, corners: number, radius: number, turn: number): void {
  pen.beginPath();
  for (let i = 0; i < corners; i += 1) {
    const angle = turn + (2 * Math.PI * i) / corners;
    pen.lineTo(MIDDLE + radius * Math.cos(angle), MIDDLE + radius * Math.sin(angle));
  }
  pen.closePath();
}

function star(pen: Pen, points: number, outer: number, inner: number): void {
  pen.beginPath();
  for (let i = 0; i < points * 2; i += 1) {
    const radius = i % 2 === 0 ? outer : inner;
    const angle = -Math.PI / 2 + (Math.PI * i) / points;
    pen.lineTo(MIDDLE + radius * Math.cos(angle), MIDDLE + radius * Math.sin(angle));
  }
  pen.closePath();
}

const SHAPES: Record<Family, (pen: Pen) => void> = {
  battle: (pen) => star(pen, 4, 17, 7),
  remote: (pen) => star(pen, 8, 16, 10.5),
  civilians: (pen) => polygon(pen, 4, 16, Math.PI / 4),
  demonstrations: (pen) => {
    pen.beginPath();
    pen.arc(MIDDLE, MIDDLE, 12.5, 0, 2 * Math.PI);
  },
  strategic: (pen) => polygon(pen, 3, 16, -Math.PI / 2),
};

export interface Inks {
  ink: string;
  paper: string;
  faint: string;
}

function drawn(pen: Pen, family: Family, grade: Grade, inks: Inks): void {
  const draw = SHAPES[family];
  const ink = grade === "discounted" ? inks.faint : inks.ink;
  pen.lineJoin = "round";
  draw(pen);
  pen.strokeStyle = inks.paper;
  pen.lineWidth = 8;
  pen.stroke();
  pen.fillStyle = grade === "confirmed" || grade === "fair" ? ink : inks.paper;
  pen.fill();
  if (grade === "contested") {
    pen.save();
    pen.clip();
    pen.fillStyle = ink;
    pen.fillRect(MIDDLE, 0, MIDDLE, SIZE);
    pen.restore();
    draw(pen);
  }
  pen.strokeStyle = ink;
  pen.lineWidth = 3.2;
  if (grade === "discounted") pen.setLineDash([4, 3]);
  pen.stroke();
}

function canvas(size: number): [HTMLCanvasElement, Pen] {
  const element = document.createElement("canvas");
  element.width = size;
  element.height = size;
  return [element, element.getContext("2d", { willReadFrequently: true }) as Pen];
}

const kept = new Map<string, ImageData>();

/** One sign as a picture, drawn once for all rows that show it. */
export function sign(family: Family, grade: Grade, inks: Inks): ImageData {
  const name = `${family} ${grade} ${inks.ink} ${inks.paper} ${inks.faint}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  const [, pen] = canvas(SIZE);
  drawn(pen, family, grade, inks);
  const picture = pen.getImageData(0, 0, SIZE, SIZE);
  kept.set(name, picture);
  return picture;
}

function hatching(colour: string): ImageData {
  const size = 16;
  const [, pen] = canvas(size);
  pen.strokeStyle = colour;
  pen.lineWidth = 3;
  for (let x = -size; x <= size * 2; x += 8) {
    pen.beginPath();
    pen.moveTo(x, size);
    pen.lineTo(x + size, 0);
    pen.stroke();
  }
  return pen.getImageData(0, 0, size, size);
}

/** A hollow square that takes any colour: what is said of a whole region. */
function hollowSquare(): ImageData {
  const [, pen] = canvas(SIZE);
  pen.lineWidth = 7;
  pen.strokeRect(8, 8, SIZE - 16, SIZE - 16);
  return pen.getImageData(0, 0, SIZE, SIZE);
}

function put(map: MapLibre, name: string, image: ImageData): void {
  if (map.hasImage(name)) map.updateImage(name, image);
  else map.addImage(name, image, { pixelRatio: 2 });
}

/** Give the map its signs. */
export function addSigns(map: MapLibre, inks: Inks): void {
  for (const family of FAMILIES) {
    for (const grade of GRADES) put(map, `${family}-${grade}`, sign(family, grade, inks));
  }
  put(map, "hatching", hatching(inks.ink));
  if (!map.hasImage("region")) map.addImage("region", hollowSquare(), { pixelRatio: 2, sdf: true });
}
