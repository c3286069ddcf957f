// Light or dark: as the person chose, else as the system has it.
import { useEffect, useState } from "preact/hooks";
import { useView } from "../core/store";

const system = window.matchMedia("(prefers-color-scheme: dark)");

export function useDark(): boolean {
  const theme = useView((v) => v.theme);
  const [dark, set] = useState(system.matches);
  useEffect(() => {
    const changed = (): void => set(system.matches);
    system.addEventListener("change", changed);
    return () => system.removeEventListener("change", changed);
  }, []);
  return theme === "auto" ? dark : theme === "dark";
}
