import { render } from "preact";
import "./styles/page.css";
import { App } from "./app/App";

render(<App />, document.getElementById("page") as HTMLElement);
