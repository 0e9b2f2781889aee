var counted = [];

function count(value) {
  counted[counted.length] = value;
  return counted.length;
}
