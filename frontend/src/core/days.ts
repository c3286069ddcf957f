// Days as ISO dates, and as numbers of days since 1970 where they are counted with.
const MS = 86_400_000;

export const dayNumber = (day: string): number => Math.floor(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / MS);
export const dayText = (number: number): string => new Date(number * MS).toISOString().slice(0, 10);
export const dayBefore = (day: string): string => dayText(dayNumber(day) - 1);
export const clampDay = (day: string, first: string, last: string): string => (day < first ? first : day > last ? last : day);
