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

  // ends gives the first and last address of an address or CIDR as hexadecimal digits, null for another text.
  function ends(text) {
    var parts = text.replace(/^\[(.*)\]/, "$1").replace(/%[^/]*/, "").split("/");
    var at = parts[0].indexOf(":") >= 0 ? six(parts[0]) : four(parts[0]);
    if (at === null || parts.length > 2) { return null; }
    var bits = 4 * at.length;
    if (parts.length === 2) {
      if (!/^(0|[1-9][0-9]{0,2})$/.test(parts[1]) || Number(parts[1]) > bits) { return null; }
      bits = Number(parts[1]);
    }
    // an IPv4 address that is written as IPv6
    if (at.indexOf("00000000000000000000ffff") === 0 && bits >= 96) {
      at = at.slice(24);
      bits -= 96;
    }
    var first = "", last = "";
    for (var i = 0; i < at.length; i++) {
      var digit = parseInt(at[i], 16), free = 15 >> Math.max(0, Math.min(4, bits - 4 * i));
      first += hex(digit & ~free, 1);
      last += hex(digit | free, 1);
    }
    return [first, last];
  }

  function meets(e, range) {
    var first = e.getAttribute("data-first");
    return first.length === range[0].length && first <= range[1] && range[0] <= e.getAttribute("data-last");
  }

  // open shows what is in closed details.
  function open(e) {
    for (var d = e.closest("details"); d; d = d.parentElement.closest("details")) { d.open = true; }
  }

  // said is the answer for the rows that were found; long ones are cut.
  function said(text, range, rows) {
    var most = 8, word = answer.getAttribute(range[0] === range[1] ? "data-in" : "data-overlaps");
    var lines = rows.slice(0, most).map(function (e) { return text + " " + word + " " + e.getAttribute("data-says"); });
    return rows.length > most ? lines.concat("… (" + rows.length + ")") : lines;
  }

  // find marks where an address or CIDR is, and says it.
  function find(scroll) {
    var text = address.value.trim(), range = ends(text), found = [], shown = null;
    cells.concat(rows).forEach(function (e) {
      var hit = range !== null && meets(e, range);
      e.classList.toggle("hit", hit);
      if (!hit) { return; }
      if (e.tagName === "TR") { found.push(e); return; }
      shown = shown || e;
      if (range[0] === range[1]) { open(e); }
    });
    if (text === "") {
      answer.textContent = "";
    } else if (range === null) {
      answer.textContent = text + " " + answer.getAttribute("data-wrong");
    } else if (found.length === 0) {
      answer.textContent = text + " " + answer.getAttribute("data-none");
    } else {
      answer.textContent = said(text, range, found).join("\n");
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
    count.textContent = count.getAttribute(shown === 1 ? "data-one" : "data-text").replace("%d", String(shown));
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
        var at = e.getAttribute("data-run");
        if (!meets(d, [at, at])) { return false; }
        open(d);
        d.scrollIntoView({ block: "nearest" });
        return true;
      });
    });
  });
  // followed finds what the address of the page names after #.
  function followed() {
    if (location.hash.length < 2) { return; }
    var text = location.hash.slice(1);
    // a text that is not encoded stays as it is
    try { text = decodeURIComponent(text); } catch (e) { }
    address.value = text;
    find(true);
  }

  window.addEventListener("hashchange", followed);
  followed();
  filter();
})();
