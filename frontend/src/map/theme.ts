// Colours of the map in light and dark. The land is quiet, so that what reports say stands out.
export interface MapTheme {
  sea: string;
  land: string;
  inner: string;
  outer: string;
  disputed: string;
  text: string;
  faintText: string;
  halo: string;
  ink: string;
  paper: string;
  faint: string;
  road: string;
  cut: string;
  cellOpacity: number;
}

export const LIGHT: MapTheme = {
  sea: "#dfe6ea", land: "#f7f6f2", inner: "#d5d3cb", outer: "#9a978d", disputed: "#7d6a5a",
  text: "#22303c", faintText: "#6d747b", halo: "#ffffff", ink: "#1c2630", paper: "#ffffff", faint: "#9aa0a6",
  road: "#8c8577", cut: "#b3261e", cellOpacity: 0.34,
};

export const DARK: MapTheme = {
  sea: "#12181d", land: "#1f272e", inner: "#36414a", outer: "#66737d", disputed: "#b39a80",
  text: "#e8edf1", faintText: "#9aa7b1", halo: "#161c21", ink: "#f0f3f5", paper: "#161c21", faint: "#7a858e",
  road: "#7d8790", cut: "#ff8a80", cellOpacity: 0.42,
};
