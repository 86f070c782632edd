// Field work without a network. What is filled in is kept on the phone first, with a key of its own, then sent; the server takes a
// key once, so sending again does no harm. What it refuses stays here with the reason until its author has looked at it.
// Without IndexedDB or scripts every form is a plain form.
(function () {
  "use strict";
  if (!window.indexedDB || !window.Promise || !window.fetch || !window.customElements || !window.FormData) return;

  var KEPT = "shoushan-field-1", STORE = "items", FRESH = 10 * 60 * 1000, LARGE = 600 * 1024, LONGEST = 1600;

  function all(root, selector) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }

  // ---- what is kept --------------------------------------------------------------------------------
  function database() {
    return new Promise(function (resolve, reject) {
      var asked = indexedDB.open("shoushan-field", 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore(STORE, { keyPath: "key" }); };
      asked.onsuccess = function () { resolve(asked.result); };
      asked.onerror = function () { reject(asked.error); };
    });
  }

  function within(mode, act) {
    return database().then(function (base) {
      return new Promise(function (resolve, reject) {
        var change = base.transaction(STORE, mode), asked = act(change.objectStore(STORE));
        change.oncomplete = function () { base.close(); resolve(asked.result); };
        change.onabort = change.onerror = function () { base.close(); reject(change.error); };
      });
    });
  }

  var items = {
    all: function () {
      return within("readonly", function (store) { return store.getAll(); }).then(function (found) {
        return found.sort(function (one, other) { return one.at < other.at ? -1 : 1; });
      });
    },
    put: function (item) { return within("readwrite", function (store) { return store.put(item); }); },
    drop: function (key) { return within("readwrite", function (store) { return store.delete(key); }); }
  };

  function key() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = bytes[6] & 15 | 64;
    bytes[8] = bytes[8] & 63 | 128;
    var text = Array.prototype.map.call(bytes, function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
  }

  // A large photo is made smaller before it is kept; that also leaves out where and with what it was taken.
  function smaller(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= LARGE) return Promise.resolve(file);
    return new Promise(function (resolve) {
      var picture = new Image(), reader = new FileReader();
      picture.onload = function () {
        var share = Math.min(1, LONGEST / Math.max(picture.naturalWidth, picture.naturalHeight)), canvas = document.createElement("canvas");
        canvas.width = Math.round(picture.naturalWidth * share);
        canvas.height = Math.round(picture.naturalHeight * share);
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(function (made) { resolve(made && made.size < file.size ? made : file); }, "image/jpeg", 0.8);
      };
      picture.onerror = reader.onerror = function () { resolve(file); };
      // As data: the policy of our pages lets no picture come from a blob.
      reader.onload = function () { picture.src = reader.result; };
      reader.readAsDataURL(file);
    });
  }

  function named(file, made) { return made === file ? file.name : file.name.replace(/\.\w+$/, "") + ".jpg"; }

  // A plain form that takes several photos: they are made smaller as soon as they are chosen.
  function shrinkChosen(field) {
    var chosen = Array.prototype.slice.call(field.files);
    if (!window.DataTransfer) return;
    Promise.all(chosen.map(smaller)).then(function (made) {
      var now = Array.prototype.slice.call(field.files);
      if (now.length !== chosen.length || now.some(function (file, place) { return file !== chosen[place]; })) return;
      var list = new DataTransfer();
      made.forEach(function (each, place) {
        var file = chosen[place];
        list.items.add(each === file ? file : new File([each], named(file, each), { type: each.type, lastModified: file.lastModified }));
      });
      field.files = list.files;
    }).catch(function () { return null; });
  }

  // ---- sending -------------------------------------------------------------------------------------
  // Answers {address}, {refused, fields}, {signedOut: true} or {away: true}.
  function send(item, stateAddress, gone) {
    return fetch(stateAddress, { credentials: "same-origin", cache: "no-store" })
      .then(function (answer) { return answer.json(); })
      .then(function (state) {
        if (state.user !== item.user) return { signedOut: true };
        var body = new FormData();
        item.values.forEach(function (pair) { body.append(pair[0], pair[1]); });
        item.files.forEach(function (file) { body.append(file[0], file[2], file[1]); });
        body.append("submission", item.key);
        body.append("filled_at", item.at);
        var headers = { Accept: "application/json", "X-CSRFToken": state.token };
        return fetch(item.address, { method: "POST", body: body, credentials: "same-origin", headers: headers }).then(function (answer) {
          if (answer.status >= 500) return { away: true };
          return answer.json().then(
            function (words) { return answer.ok ? { address: words.address } : { refused: words.sentence || gone, fields: words.fields || {} }; },
            function () { return { refused: gone, fields: {} }; }
          );
        });
      })
      .catch(function () { return { away: true }; });
  }

  // What became of an item is kept before anybody is told.
  function settle(item, outcome) {
    if (outcome.address) return items.drop(item.key);
    if (!("refused" in outcome)) return Promise.resolve();
    item.state = "refused";
    item.sentence = outcome.refused;
    item.fields = outcome.fields;
    return items.put(item);
  }

  // ---- a form that is kept ---------------------------------------------------------------------------
  function path(address) { return address.split("?")[0]; }

  function KeptForm(form) {
    this.form = form;
    this.address = window.location.pathname + window.location.search;
    this.before = null;
    form.addEventListener("submit", this.submit.bind(this));
    items.all().then(this.refill.bind(this));
  }

  KeptForm.prototype.say = function (words, lines) {
    var place = this.form.querySelector(".kept-said");
    if (!place) {
      place = document.createElement("div");
      place.className = "kept-said alert alert-warning";
      place.setAttribute("role", "alert");
      this.form.insertBefore(place, this.form.firstChild);
    }
    place.textContent = words;
    (lines || []).forEach(function (line) {
      var each = document.createElement("p");
      each.textContent = line;
      place.appendChild(each);
    });
    place.scrollIntoView({ block: "center" });
  };

  // What was typed before and has not been taken is there again.
  KeptForm.prototype.refill = function (found) {
    var form = this.form, here = path(this.address), user = form.dataset.user;
    var item = found.filter(function (each) { return path(each.address) === here && each.user === user; }).pop();
    if (!item) return;
    this.before = item;
    var boxes = {};
    all(form, "[type=checkbox], [type=radio]").forEach(function (box) { box.checked = false; });
    item.values.forEach(function (pair) {
      var field = form.elements[pair[0]], list = field && field.length !== undefined && !field.options ? Array.prototype.slice.call(field) : [field];
      if (pair[0] === "seen" || !field) return;
      list.forEach(function (each) {
        if (each.type === "checkbox" || each.type === "radio") { if (each.value === pair[1]) each.checked = true; }
        else if (each.multiple) { boxes[pair[0]] = (boxes[pair[0]] || []).concat(pair[1]); }
        else each.value = pair[1];
      });
    });
    Object.keys(boxes).forEach(function (name) {
      all(form.elements[name], "option").forEach(function (option) { option.selected = boxes[name].indexOf(option.value) >= 0; });
    });
    var lines = item.state === "refused" ? [item.sentence].concat(this.named(item.fields)) : [];
    if (item.files.length) lines.push(form.dataset.photos + " " + item.files.map(function (file) { return file[1]; }).join("、"));
    this.say(item.state === "refused" ? form.dataset.again : form.dataset.waits, lines);
  };

  // Sentences beside the names of their fields; those that the refusal says already are left out.
  KeptForm.prototype.named = function (fields) {
    var form = this.form;
    return Object.keys(fields || {}).map(function (name) {
      var field = form.querySelector("[name='" + name + "']"), group = field && field.closest("fieldset");
      var words = group ? group.querySelector("legend") : field && field.labels && field.labels[0];
      return (words ? words.textContent.trim() + "：" : "") + fields[name];
    });
  };

  KeptForm.prototype.submit = function (event) {
    var own = this, form = this.form;
    event.preventDefault();
    if (form.dataset.keeping) return;
    if (!form.checkValidity()) { form.reportValidity(); return; }
    form.dataset.keeping = "yes";
    this.collect()
      .then(function (item) {
        return items.put(item)
          .then(function () { return own.before && own.before.key !== item.key ? items.drop(own.before.key) : null; })
          .then(function () { own.before = item; return send(item, form.dataset.state, form.dataset.gone); })
          .then(function (outcome) { return settle(item, outcome).then(function () { own.tell(item, outcome); }); });
      })
      // No room on the phone, or a private window: the form goes the plain way.
      .catch(function () { form.submit(); })
      .then(function () { delete form.dataset.keeping; });
  };

  KeptForm.prototype.collect = function () {
    var values = [], files = [], before = this.before, chosen = {};
    new FormData(this.form).forEach(function (value, name) {
      if (name === "csrfmiddlewaretoken") return;
      if (typeof value === "string") values.push([name, value]);
      else if (value.size) { files.push([name, value]); chosen[name] = true; }
    });
    var item = {
      key: key(), user: this.form.dataset.user, address: this.address, title: this.form.dataset.title,
      values: values, at: new Date().toISOString(), state: "waiting", sentence: "", fields: {}
    };
    return Promise.all(files.map(function (pair) {
      return smaller(pair[1]).then(function (made) { return [pair[0], named(pair[1], made), made]; });
    })).then(function (made) {
      item.files = made.concat(before ? before.files.filter(function (file) { return !chosen[file[0]]; }) : []);
      return item;
    });
  };

  KeptForm.prototype.tell = function (item, outcome) {
    if (outcome.address) window.location.assign(outcome.address);
    else if ("refused" in outcome) this.say(this.form.dataset.refused + outcome.refused, this.named(outcome.fields));
    else window.location.assign(this.form.dataset.list);
  };

  // ---- the list ---------------------------------------------------------------------------------------
  class FieldDesk extends HTMLElement {
    connectedCallback() {
      var desk = this;
      this.state = this.querySelector(".field-state");
      this.querySelector(".field-send").addEventListener("click", function () { desk.sendAll(); });
      window.addEventListener("online", function () { desk.sendAll(); });
      window.addEventListener("offline", function () { desk.say(desk.dataset.offline); });
      this.ready = this.show().then(function () { return desk.sendAll(); }).then(function () { return desk.keepAll(); });
    }

    say(words) { this.state.textContent = words; }

    show() {
      var desk = this;
      return items.all().then(function (found) {
        var own = found.filter(function (item) { return item.user === desk.dataset.user; }), list = desk.querySelector(".field-items");
        list.textContent = "";
        own.forEach(function (item) { list.appendChild(desk.line(item)); });
        if (found.length > own.length) {
          var others = document.createElement("li");
          others.textContent = desk.dataset.others + " " + (found.length - own.length);
          list.appendChild(others);
        }
        desk.querySelector(".field-queue").hidden = !found.length;
        all(document, ".field-task").forEach(function (task) {
          var here = all(task, "[data-keep]").map(function (link) { return path(link.getAttribute("href")); });
          task.classList.toggle("filled", own.some(function (item) { return here.indexOf(path(item.address)) >= 0; }));
        });
        return own;
      });
    }

    line(item) {
      var desk = this, line = document.createElement("li"), head = document.createElement("span"), state = document.createElement("span");
      head.className = "field-title";
      head.lang = "zh-Hans";
      head.textContent = item.title;
      state.className = "badge " + (item.state === "refused" ? "late" : "soon");
      state.textContent = item.state === "refused" ? this.dataset.refused : this.dataset.waiting;
      line.appendChild(head);
      line.appendChild(state);
      if (item.files.length) line.appendChild(document.createTextNode(" " + this.dataset.photos + " " + item.files.length));
      if (item.state !== "refused") return line;
      var words = document.createElement("p"), open = document.createElement("a"), drop = document.createElement("button");
      words.textContent = item.sentence;
      open.className = drop.className = "btn";
      open.href = item.address;
      open.textContent = this.dataset.open;
      drop.type = "button";
      drop.textContent = this.dataset.drop;
      drop.addEventListener("click", function () {
        if (window.confirm(desk.dataset.sure)) items.drop(item.key).then(function () { return desk.show(); });
      });
      [words, open, drop].forEach(function (each) { line.appendChild(each); });
      return line;
    }

    // One after the other: what was filled in first is sent first, and a bad network isn't asked for everything at once.
    sendAll() {
      var desk = this, sent = 0;
      if (this.sending) return this.sending;
      function next(waiting) {
        var item = waiting.shift();
        if (!item) return Promise.resolve();
        return send(item, desk.dataset.state, desk.dataset.refused).then(function (outcome) {
          if (outcome.away) { desk.say(desk.dataset.offline); return null; }
          if (outcome.signedOut) { desk.say(desk.dataset.again); return null; }
          if (outcome.address) sent += 1;
          return settle(item, outcome).then(function () { return next(waiting); });
        });
      }
      this.sending = this.show()
        .then(function (own) { return next(own.filter(function (item) { return item.state === "waiting"; })); })
        .then(function () { return desk.show(); })
        .then(function () { if (sent) desk.say(desk.dataset.sent + " " + sent); delete desk.sending; });
      return this.sending;
    }

    // The forms of today, and what they look like, are kept for when there is no network.
    keepAll() {
      var desk = this, worker = navigator.serviceWorker;
      if (!worker || !window.caches || navigator.onLine === false) return null;
      var forms = all(document, "[data-keep]").map(function (link) { return link.getAttribute("href"); });
      var assets = all(document, "link[rel=stylesheet][href], script[src]").map(function (each) { return each.getAttribute("href") || each.getAttribute("src"); });
      var page = window.location.pathname, wanted = forms.concat(assets, [page]);
      function keep(kept, address) {
        return fetch(address, { credentials: "same-origin", headers: { Accept: "text/html,*/*" } }).then(function (answer) {
          return answer.ok && !answer.redirected ? kept.put(address, answer) : null;
        });
      }
      return worker.register(this.dataset.worker, { scope: "/" })
        .then(function () { return worker.ready; }) // only then it answers without a network
        .then(function () { return caches.open(KEPT); }).then(function (kept) {
        return kept.keys().then(function (there) {
          var known = {}, old = Number(window.localStorage.getItem(KEPT) || 0) < Date.now() - FRESH;
          there.forEach(function (request) {
            var address = new URL(request.url), name = address.pathname + address.search;
            if (wanted.indexOf(name) >= 0) known[name] = true;
            else kept.delete(request);
          });
          var asked = wanted.filter(function (address) { return !known[address] || (old && assets.indexOf(address) < 0); });
          if (asked.length) desk.say(desk.dataset.keeping);
          return asked.reduce(function (before, address) { return before.then(function () { return keep(kept, address); }); }, Promise.resolve())
            .then(function () {
              window.localStorage.setItem(KEPT, String(Date.now()));
              desk.say(desk.dataset.kept + " " + forms.length);
              desk.setAttribute("data-ready", "yes");
            });
        });
      }).catch(function () { desk.say(desk.dataset.offline); });
    }
  }
  window.customElements.define("field-desk", FieldDesk);

  // ---- signing with the finger ----------------------------------------------------------------------
  class SignaturePad extends HTMLElement {
    connectedCallback() {
      var pad = this, input = this.querySelector("input[type=file]"), canvas = document.createElement("canvas"), clear = document.createElement("button");
      if (!input || !canvas.toBlob || !window.DataTransfer) return;
      var pen = canvas.getContext("2d"), last = null;
      canvas.width = 640;
      canvas.height = 240;
      canvas.className = "signature";
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", this.dataset.label);
      clear.type = "button";
      clear.className = "btn";
      clear.textContent = this.dataset.clear;
      this.insertBefore(clear, this.firstChild);
      this.insertBefore(canvas, this.firstChild);

      function wipe() {
        pen.fillStyle = "#fff";
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.strokeStyle = "#000";
        pen.lineWidth = 4;
        pen.lineCap = pen.lineJoin = "round";
      }
      function place(event) {
        var box = canvas.getBoundingClientRect(), touch = event.touches ? event.touches[0] : event;
        return [(touch.clientX - box.left) * canvas.width / box.width, (touch.clientY - box.top) * canvas.height / box.height];
      }
      function begin(event) { event.preventDefault(); last = place(event); }
      function move(event) {
        if (!last) return;
        event.preventDefault();
        var here = place(event);
        pen.beginPath();
        pen.moveTo(last[0], last[1]);
        pen.lineTo(here[0], here[1]);
        pen.stroke();
        last = here;
      }
      function end() {
        if (!last) return;
        last = null;
        canvas.toBlob(function (made) {
          var chosen = new DataTransfer();
          chosen.items.add(new File([made], "signature.png", { type: "image/png" }));
          input.files = chosen.files;
          pad.setAttribute("data-signed", "yes");
        }, "image/png");
      }
      wipe();
      if (window.PointerEvent) {
        canvas.addEventListener("pointerdown", function (event) { canvas.setPointerCapture(event.pointerId); begin(event); });
        canvas.addEventListener("pointermove", move);
        canvas.addEventListener("pointerup", end);
        canvas.addEventListener("pointercancel", end);
      } else {
        canvas.addEventListener("touchstart", begin);
        canvas.addEventListener("touchmove", move);
        canvas.addEventListener("touchend", end);
      }
      clear.addEventListener("click", function () {
        wipe();
        input.value = "";
        pad.removeAttribute("data-signed");
      });
    }
  }
  window.customElements.define("signature-pad", SignaturePad);

  all(document, "form[data-offline]").forEach(function (form) { return new KeptForm(form); });
  all(document, "form:not([data-offline]) input[data-smaller]").forEach(function (field) {
    field.addEventListener("change", function () { shrinkChosen(field); });
  });
})();
