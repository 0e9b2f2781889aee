export const name = "fixture";
