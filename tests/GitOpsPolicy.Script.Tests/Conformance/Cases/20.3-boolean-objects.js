// ECMAScript 2023, 20.3 Boolean objects.

//# Boolean
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(new Boolean(false) ? 1 : 2); print(Boolean(""));
print(Boolean("false")); print(new Boolean(0).valueOf()); fails(() => Boolean.prototype.toString.call("x")); print(Boolean.prototype.valueOf());
print(Object.prototype.toString.call(new Boolean())); print(true.toString()); print(Boolean(NaN)); print(new Boolean(true) == true);
print(new Boolean(false) == false);
//= 1
//= false
//= true
//= false
//= TypeError
//= false
//= '[object Boolean]'
//= 'true'
//= false
//= true
//= true
