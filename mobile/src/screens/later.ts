/** Every screen but the first ones: they come in one piece, which packs best, and with all their words. */
export { default as approval } from "./approval";
export { default as approvals } from "./approvals";
export { default as editor } from "./editor";
export { default as goal } from "./goal";
export { default as goals } from "./goals";
export { default as inbox } from "./inbox";
export { default as me } from "./me";
export { default as recall } from "./recall";
export { default as scorecard } from "./scorecard";
export { default as slice } from "./slice";
export { default as strategy } from "./strategy";
export { default as tree } from "./tree";
