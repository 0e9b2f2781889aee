function Test262Error(message) {
  this.message = message || "";
}

function $DONOTEVALUATE() {
  throw "this was to be refused before it ran";
}
