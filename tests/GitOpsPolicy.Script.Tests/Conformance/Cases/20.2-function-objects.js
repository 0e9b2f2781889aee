// ECMAScript 2023, 20.2 Function objects.

//# Function/prototype
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
const Function = (() => { }).constructor;
function f(a, b) { return [this, a, b]; } print(f.call(1, 2, 3));
print(f.apply(null, [2])); print(f.apply(null, { length: 1, 0: "x" })); fails(() => f.apply(null, 1)); print(f.apply(null, null));
let b = f.bind("t", 1); print(b(2)); print(b.name); print(b.length); print(b.hasOwnProperty("prototype"));
fails(() => Function.prototype.bind.call(1)); fails(() => Function.prototype.toString.call({}));
print((function /* a */ foo ( x ) { return x; }).toString()); print(class  A { }.toString());
print(({ get  a() { return 1; } }, Object.getOwnPropertyDescriptor({ get  a() { return 1; } }, "a").get.toString()));
print(({ m ( ) { } }).m.toString()); print(((x)=>x).toString()); Object.defineProperty(f, "length", { value: 2.7 });
print(f.bind().length); Object.defineProperty(f, "length", { value: -Infinity });
print(f.bind().length); Object.defineProperty(f, "name", { value: 5 }); print(f.bind().name); print(Function.prototype());
print(Function.prototype.name); fails(() => new Function.prototype()); print(Object.prototype.toString.call(Function.prototype));
print(parseInt.toString().includes("[native code]")); print(f.call.call(f, 1)[0]);
//= [1, 2, 3]
//= [null, 2, undefined]
//= [null, 'x', undefined]
//= TypeError
//= [null, undefined, undefined]
//= ['t', 1, 2]
//= 'bound f'
//= 1
//= false
//= TypeError
//= TypeError
//= 'function /* a */ foo ( x ) { return x; }'
//= 'class  A { }'
//= 'get  a() { return 1; }'
//= 'm ( ) { }'
//= '(x)=>x'
//= 2
//= 0
//= 'bound '
//= undefined
//= ''
//= TypeError
//= '[object Function]'
//= true
//= 1

//# Function.prototype.bind/odd lengths
for (const length of [Infinity, -Infinity, 2.7, 1e20, "3", NaN, -1, -0.5]) {
  const f = function () {};
  Object.defineProperty(f, "length", { value: length });
  print([f.bind().length, f.bind(null, 1).length]);
}
//= [Infinity, Infinity]
//= [0, 0]
//= [2, 1]
//= [100000000000000000000, 100000000000000000000]
//= [0, 0]
//= [0, 0]
//= [0, 0]
//= [0, 0]
