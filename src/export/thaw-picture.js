/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The life of an SVG picture in a browser: click a box to zoom its lane, Escape or "Reset" to go
 * back, Ctrl+F or "Search" to light the boxes whose name matches. A box is a nested <svg class="b">
 * whose x and data-w (its width with the gap to its right) are in pixels of its lane; the first line
 * of its <title> is its name. Without a browser none of this runs and the picture stands as it is.
 */
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const root = document.currentScript.closest("svg");
  const CHAR_PX = 6.5, PADDING_PX = 9, MIN_LABEL_PX = 24;

  function number(element, name) {
    return parseFloat(element.getAttribute(name));
  }

  function readBox(element) {
    const x = number(element, "x"), width = number(element, "data-w");
    const name = element.querySelector("title").textContent.split("\n")[0];
    return { element, x, width, name, shown: true };
  }

  const lanes = Array.from(root.querySelectorAll("g.lane"), function (element) {
    const boxes = Array.from(element.querySelectorAll("svg.b"), readBox);
    boxes.forEach(function (box) { box.element.thawBox = box; });
    return { element, boxes, width: number(element, "data-width"), zoomed: false };
  });

  /* What of a name fits, with an ellipsis where it is cut. */
  function label(name, width) {
    const letters = Array.from(name);
    const room = Math.floor((width - PADDING_PX) / CHAR_PX);
    if (width < MIN_LABEL_PX || room < 2)
      return "";
    return letters.length <= room ? name : letters.slice(0, room - 1).join("") + "…";
  }

  function place(box, left, right) {
    const width = right - left;
    box.element.style.display = "";
    box.element.setAttribute("x", left);
    box.element.setAttribute("width", width >= 3 ? width - 1 : width);
    let text = box.element.querySelector("text");
    const words = label(box.name, width);
    if (text === null && words !== "") {
      text = document.createElementNS(SVG, "text");
      text.setAttribute("x", 5);
      text.setAttribute("y", 15);
      box.element.appendChild(text);
    }
    if (text !== null)
      text.textContent = words;
  }

  /* Shows [x, x + width) of a lane over its whole width. */
  function zoom(lane, x, width) {
    const scale = lane.width / width;
    for (const box of lane.boxes) {
      const left = Math.max((box.x - x) * scale, 0);
      const right = Math.min((box.x + box.width - x) * scale, lane.width);
      if (right - left > 0.05)
        place(box, left, right);
      else
        box.element.style.display = "none";
    }
    lane.zoomed = x !== 0 || width !== lane.width;
    show("reset", lanes.some(function (other) { return other.zoomed; }));
  }

  function show(id, visible) {
    root.getElementById(id).setAttribute("visibility", visible ? "visible" : "hidden");
  }

  function reset() {
    lanes.forEach(function (lane) {
      if (lane.zoomed)
        zoom(lane, 0, lane.width);
    });
  }

  /* How much of a lane matching boxes cover; boxes under matching boxes add nothing. */
  function covered(boxes) {
    let end = -Infinity, sum = 0;
    boxes.sort(function (a, b) { return a.x - b.x; });
    for (const box of boxes) {
      sum += Math.max(0, box.x + box.width - Math.max(end, box.x));
      end = Math.max(end, box.x + box.width);
    }
    return sum;
  }

  function search() {
    const words = window.prompt(root.getAttribute("data-prompt"), "");
    if (words === null)
      return;
    const wanted = words.toLowerCase();
    let matched = 0, total = 0;
    for (const lane of lanes) {
      const hits = [];
      for (const box of lane.boxes) {
        const hit = wanted === "" || box.name.toLowerCase().includes(wanted);
        box.element.classList.toggle("dim", !hit);
        if (hit)
          hits.push(box);
      }
      matched += covered(hits);
      total += covered(lane.boxes.slice());
    }
    const share = total > 0 ? (100 * matched / total).toFixed(1) : "0";
    root.getElementById("matched").textContent
      = wanted === "" ? "" : root.getAttribute("data-matched").replace("%s", share + " %");
  }

  root.addEventListener("click", function (event) {
    const element = event.target.closest("svg.b");
    if (element === null || element.thawBox === undefined)
      return;
    const lane = lanes.find(function (other) { return other.boxes.includes(element.thawBox); });
    zoom(lane, element.thawBox.x, element.thawBox.width);
  });
  root.getElementById("reset").addEventListener("click", reset);
  root.getElementById("search").addEventListener("click", search);
  window.addEventListener("keydown", function (event) {
    if (event.key === "Escape")
      reset();
    else if ((event.ctrlKey || event.metaKey) && event.key === "f") {
      event.preventDefault();
      search();
    }
  });
  show("search", true);
})();
