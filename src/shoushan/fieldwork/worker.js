// Answers for the list of field work and the forms that it keeps when there is no network. Everything else goes its ordinary way.
"use strict";
var KEPT = "shoushan-field-1", LIST = "{{list}}", STATIC = "{{static}}", PATIENCE = 6000;

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) {
  event.waitUntil(
    caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) { return name.indexOf("shoushan-field-") === 0 && name !== KEPT; })
        .map(function (name) { return caches.delete(name); }));
    }).then(function () { return self.clients.claim(); })
  );
});

function keep(request, answer) {
  if (!answer.ok || answer.redirected) return answer;
  var copy = answer.clone();
  caches.open(KEPT).then(function (kept) { kept.put(request, copy); });
  return answer;
}

// A network that is there but doesn't answer is worse than none: after a while the kept page is shown.
function fromNetwork(request) {
  return new Promise(function (resolve, reject) {
    var timer = setTimeout(function () { reject(new Error("slow")); }, PATIENCE);
    fetch(request).then(function (answer) { clearTimeout(timer); resolve(answer); }, function (error) { clearTimeout(timer); reject(error); });
  });
}

function page(request) {
  return caches.match(request, { ignoreVary: true }).then(function (found) {
    var isField = new URL(request.url).pathname === LIST || found;
    if (!isField) return fetch(request);
    return fromNetwork(request).then(function (answer) { return keep(request, answer); }).catch(function () {
      if (found) return found;
      return caches.match(LIST, { ignoreVary: true }).then(function (list) { return list || fetch(request); });
    });
  });
}

self.addEventListener("fetch", function (event) {
  var request = event.request, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname.indexOf(STATIC) === 0) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then(function (found) { return found || fetch(request); }));
  } else if (request.mode === "navigate") {
    event.respondWith(page(request));
  }
});
