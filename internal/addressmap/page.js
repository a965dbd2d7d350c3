(function () {
  "use strict";
  var get = function (id) { return document.getElementById(id); };
  var address = get("address"), network = get("network"), owner = get("owner"), answer = get("answer"), count = get("count");
  var cells = Array.prototype.slice.call(document.querySelectorAll(".cell"));
  var rows = Array.prototype.slice.call(document.querySelectorAll("tbody tr"));
  var hex = function (n, digits) { return ("0000" + n.toString(16)).slice(-digits); };

  // four gives an IPv4 address as hexadecimal digits, null for another text.
  function four(text) {
    var parts = text.split(".");
    if (parts.length !== 4) { return null; }
    var out = "";
    for (var i = 0; i < 4; i++) {
      if (!/^(0|[1-9][0-9]{0,2})$/.test(parts[i]) || Number(parts[i]) > 255) { return null; }
      out += hex(Number(parts[i]), 2);
    }
    return out;
  }

  // six gives an IPv6 address as hexadecimal digits, null for another text.
  function six(text) {
    var last = text.lastIndexOf(":"), tail = four(text.slice(last + 1));
    if (tail !== null) { text = text.slice(0, last + 1) + tail.slice(0, 4) + ":" + tail.slice(4); }
    var halves = text.split("::");
    if (halves.length > 2) { return null; }
    var groups = function (half) { return half === "" ? [] : half.split(":"); };
    var head = groups(halves[0]), rest = halves.length === 2 ? groups(halves[1]) : [];
    var zeros = 8 - head.length - rest.length;
    if (halves.length === 2 ? zeros < 1 : zeros !== 0) { return null; }
    var all = head.concat(new Array(zeros).fill("0"), rest);
    if (!all.every(function (g) { return /^[0-9a-f]{1,4}$/i.test(g); })) { return null; }
    return all.map(function (g) { return hex(parseInt(g, 16), 4); }).join("");
  }

  function contains(e, at) {
    var first = e.getAttribute("data-first");
    return first.length === at.length && first <= at && at <= e.getAttribute("data-last");
  }

  // open shows what is in closed details.
  function open(e) {
    for (var d = e.closest("details"); d; d = d.parentElement.closest("details")) { d.open = true; }
  }

  // find marks where an address is, and says it.
  function find(scroll) {
    var text = address.value.trim().split("/")[0];
    var at = text === "" ? null : text.indexOf(":") >= 0 ? six(text) : four(text);
    var says = [], shown = null;
    cells.concat(rows).forEach(function (e) {
      var hit = at !== null && contains(e, at);
      e.classList.toggle("hit", hit);
      if (!hit) { return; }
      if (e.tagName === "TR") { says.push(e.getAttribute("data-says")); return; }
      shown = shown || e;
      open(e);
    });
    if (text === "") {
      answer.textContent = "";
    } else if (at === null) {
      answer.textContent = text + " " + answer.getAttribute("data-wrong");
    } else if (says.length === 0) {
      answer.textContent = text + " " + answer.getAttribute("data-none");
    } else {
      answer.textContent = says.map(function (s) { return text + " " + answer.getAttribute("data-in") + " " + s; }).join("\n");
    }
    if (shown && scroll) { shown.scrollIntoView({ block: "center" }); }
  }

  function matches(e) {
    var networks = e.getAttribute("data-networks"), owners = e.getAttribute("data-owners").toLowerCase();
    return (network.value === "" || networks.indexOf("|" + network.value + "|") >= 0) &&
      (owner.value === "" || owners.indexOf(owner.value.trim().toLowerCase()) >= 0);
  }

  // filter dims cells and hides rows of other networks and owners.
  function filter() {
    var shown = 0;
    cells.forEach(function (e) { e.classList.toggle("dim", !matches(e)); });
    rows.forEach(function (e) { e.hidden = !matches(e); shown += e.hidden ? 0 : 1; });
    count.textContent = count.getAttribute("data-text").replace("%d", String(shown));
  }

  address.addEventListener("input", function () { find(false); });
  address.addEventListener("keydown", function (e) { if (e.key === "Enter") { e.preventDefault(); find(true); } });
  network.addEventListener("change", filter);
  owner.addEventListener("input", filter);
  get("reset").addEventListener("click", function () {
    address.value = network.value = owner.value = "";
    filter();
    find(false);
    address.focus();
  });
  cells.forEach(function (e) {
    if (!e.hasAttribute("data-run")) { return; }
    e.addEventListener("click", function () {
      var picture = e.closest("section");
      Array.prototype.some.call(picture.querySelectorAll("details details"), function (d) {
        if (!contains(d, e.getAttribute("data-run"))) { return false; }
        open(d);
        d.scrollIntoView({ block: "nearest" });
        return true;
      });
    });
  });
  if (location.hash.length > 1) {
    address.value = decodeURIComponent(location.hash.slice(1));
    find(true);
  }
  filter();
})();
