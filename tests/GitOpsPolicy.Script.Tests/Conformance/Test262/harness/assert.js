// Our own, as small as it can be: what test262's harness of this name offers, as far as the tests beside it need it.
function assert(holds, message) {
  if (holds !== true) throw new Test262Error(message);
}

assert.sameValue = function (actual, expected, message) {
  if (!Object.is(actual, expected)) throw new Test262Error((message || "") + " " + String(actual) + " is not " + String(expected));
};
