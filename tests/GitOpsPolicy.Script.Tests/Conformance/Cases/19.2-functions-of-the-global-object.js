// ECMAScript 2023, 19.2 Functions of the global object.

//# uri
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(encodeURIComponent("a b&é\u{1F600};/?:@&=+$,#"));
print(encodeURI(";/?:@&=+$,# é")); fails(() => encodeURI("\uD800")); print(decodeURI("%3B%20%C3%A9")); print(decodeURIComponent("%3B%F0%9F%98%80"));
for (const bad of ["%", "%1", "%GG", "%C3", "%C3%28", "%ED%A0%80", "%F8%80%80%80%80", "%C0%80", "%80", "%F4%90%80%80"]) fails(() => decodeURIComponent(bad));
print(encodeURIComponent()); print(isNaN("x")); print(isFinite("1")); fails(() => isNaN(Symbol()));
//= 'a%20b%26%C3%A9%F0%9F%98%80%3B%2F%3F%3A%40%26%3D%2B%24%2C%23'
//= ';/?:@&=+$,#%20%C3%A9'
//= URIError
//= '%3B \u00e9'
//= ';\ud83d\ude00'
//= URIError
//= URIError
//= URIError
//= URIError
//= URIError
//= URIError
//= URIError
//= URIError
//= URIError
//= URIError
//= 'undefined'
//= true
//= true
//= TypeError
