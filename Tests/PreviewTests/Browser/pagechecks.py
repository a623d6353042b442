"""What is asked of the page as a whole, whatever is on it: JavaScript that returns a list of faults, empty when there are none."""

# Text that stands out too little from what is behind it: 4.5 to 1 (WCAG 2.2, 1.4.3), 3 to 1 where it is large.
CONTRAST = r"""
  const luminance = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const parse = (text) => { const m = text.match(/[\d.]+/g).map(Number); return {c: m.slice(0, 3), a: m[3] ?? 1}; };
  const back = (e) => { let over = []; for (; e; e = e.parentElement) { const p = parse(getComputedStyle(e).backgroundColor);
      if (p.a === 0) continue; over.push(p); if (p.a === 1) break; }
    let c = [255, 255, 255]; for (const p of over.reverse()) c = c.map((v, i) => v * (1 - p.a) + p.c[i] * p.a); return c; };
  const faults = [];
  const look = (e, text, color) => {
    const style = getComputedStyle(e);
    const [x, y] = [luminance(parse(color ?? style.color).c), luminance(back(e))];
    const ratio = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < least) faults.push(`${e.tagName.toLowerCase()}#${e.id}.${e.className} '${text.trim().slice(0, 30)}' ${ratio.toFixed(2)}`);
  };
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility() || e.disabled || e.closest('[aria-disabled=true], .skip:not(:focus)')) continue;
    if (document.querySelector('dialog[open]') && !e.closest('dialog')) continue;
    if (e instanceof HTMLInputElement && e.placeholder && !e.value) look(e, e.placeholder, getComputedStyle(e, '::placeholder').color);
    if (e instanceof HTMLInputElement && e.value) look(e, e.value);
    if ([...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) look(e, e.textContent);
  }
  return faults;"""

# The stop the keyboard is at: is its outline wide enough and does it stand out from what is around it (WCAG 2.2, 2.4.7, 2.4.13)?
FOCUS = r"""
  const luminance = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const parse = (text) => { const m = text.match(/[\d.]+/g).map(Number); return {c: m.slice(0, 3), a: m[3] ?? 1}; };
  const back = (e) => { for (e = e.parentElement; e; e = e.parentElement) { const p = parse(getComputedStyle(e).backgroundColor); if (p.a === 1) return p.c; } return [255, 255, 255]; };
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const style = getComputedStyle(e);
  const [x, y] = [luminance(parse(style.outlineColor).c), luminance(back(e))];
  const box = e.getBoundingClientRect();
  return { id: e.id || e.dataset.key || e.dataset.focus || e.getAttribute('aria-label') || e.textContent.trim().slice(0, 40),
    place: window.stops?.indexOf(e) ?? -1,
    outline: style.outlineStyle === 'none' ? 0 : Number.parseFloat(style.outlineWidth),
    contrast: (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05),
    isInSight: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth };"""

# Everything the keyboard ought to reach, in the page's order; FOCUS tells from now on the place in it.
STOPS = r"""
  window.stops = [...document.querySelectorAll('a[href], button, input, select, [tabindex]')]
    .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0 && !e.closest('dialog'));
  return stops.map((e) => e.id || e.dataset.key || e.dataset.focus || e.getAttribute('aria-label') || e.textContent.trim().slice(0, 40));"""

# Controls of the bar and of the side that cannot be seen, nor scrolled to.
UNREACHABLE = r"""
  const faults = [];
  for (const e of document.querySelectorAll(given[0])) {
    if (!e.checkVisibility()) { faults.push(`${e.id} is not shown`); continue; }
    e.scrollIntoView({block: 'nearest', inline: 'nearest'});
    const box = e.getBoundingClientRect();
    if (box.width < 1 || box.height < 1 || box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1)
      faults.push(`${e.id} lies outside: ${[box.left, box.top, box.right, box.bottom].map(Math.round)} of ${innerWidth} x ${innerHeight}`);
    else {
      const at = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      if (at !== e && !e.contains(at) && !at?.contains(e)) faults.push(`${e.id} is covered by ${at?.tagName} ${at?.id}`);
    }
  }
  document.documentElement.scrollTop = 0;
  return faults;"""

# The pixels of the first page's picture, as a number that tells one from another.
PIXELS = r"""
  const image = document.querySelector('.sheet img');
  if (!image?.complete || !image.naturalWidth) return null;
  const canvas = document.createElement('canvas');
  canvas.width = 850; canvas.height = 1100;
  const drawing = canvas.getContext('2d');
  drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
  const bytes = drawing.getImageData(0, 0, canvas.width, canvas.height).data;
  let sum = 2166136261;
  let dark = 0;
  for (let i = 0; i < bytes.length; i += 4) { sum = Math.imul(sum ^ bytes[i] ^ (bytes[i + 1] << 8), 16777619); if (bytes[i] < 128) dark++; }
  return {sum, dark};"""
