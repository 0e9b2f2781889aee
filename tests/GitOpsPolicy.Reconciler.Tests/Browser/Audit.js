// What a reader of the page needs, checked in the browser itself. Returns sentences about what is wrong; none for a good page.
(() => {
  const wrong = [];
  const say = (what, element) => wrong.push(`${what}: ${(element.outerHTML || element.textContent || '').slice(0, 160)}`);
  const shown = element => {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && style.display !== 'none';
  };

  // Structure.
  if (document.documentElement.lang !== 'en') wrong.push('the page has no language');
  if (!document.title.trim()) wrong.push('the page has no title');
  if (document.querySelectorAll('h1').length !== 1) wrong.push('there is not one h1');
  if (document.querySelectorAll('main').length !== 1) wrong.push('there is not one main');
  let level = 0;
  for (const heading of document.querySelectorAll('h1,h2,h3,h4')) {
    const own = +heading.tagName[1];
    if (own > level + 1) say(`a heading of level ${own} after one of level ${level}`, heading);
    level = own;
  }
  const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
  ids.filter((id, index) => ids.indexOf(id) !== index).forEach(id => wrong.push(`the id ${id} stands twice`));
  for (const reference of document.querySelectorAll('[aria-labelledby],[for],a[href^="#"]')) {
    const id = reference.getAttribute('aria-labelledby') || reference.getAttribute('for') || reference.getAttribute('href').slice(1);
    if (!document.getElementById(id)) say(`nothing has the id ${id}`, reference);
  }

  // Names.
  const text = element => (element.getAttribute('aria-label') || element.textContent || '').trim();
  for (const element of document.querySelectorAll('a,button,summary')) if (!text(element)) say('it has no name', element);
  for (const field of document.querySelectorAll('input:not([type=hidden]),select,textarea')) if (!field.labels.length) say('the field has no label', field);
  for (const region of document.querySelectorAll('nav,section,form[role]')) if (!region.getAttribute('aria-label') && !region.getAttribute('aria-labelledby')) say('the region has no name', region);
  for (const image of document.querySelectorAll('svg')) if (image.getAttribute('aria-hidden') !== 'true' && !image.getAttribute('aria-label')) say('the picture has no name', image);
  for (const image of document.querySelectorAll('svg.icon')) if (!text(image.parentElement) && !text(image.parentElement.parentElement)) say('the picture stands alone', image);

  // Tables.
  for (const table of document.querySelectorAll('table')) {
    if (!table.caption || !table.caption.textContent.trim()) say('the table has no caption', table);
    for (const head of table.querySelectorAll('thead th')) if (head.scope !== 'col') say('a head of a column does not say so', head);
    for (const row of table.tBodies[0].rows) {
      if (row.cells.length !== table.tHead.rows[0].cells.length) say('a row has not as many cells as there are heads', row);
      if (row.cells[0].tagName !== 'TH' || row.cells[0].scope !== 'row') say('a row has no head', row);
    }
  }

  // Nothing of somebody else's.
  for (const element of document.querySelectorAll('script,iframe,object,embed,img,style,[style]')) say('it has no place here', element);
  for (const element of document.querySelectorAll('*')) for (const attribute of element.attributes) if (attribute.name.startsWith('on')) say('it would run something', element);
  for (const link of document.querySelectorAll('a[href]')) if (!['http:', 'https:'].includes(link.protocol)) say('it leads to no web page', link);

  // Room.
  // A phone shows a page that is too wide smaller; the width of the layout stays what it was.
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) wrong.push(`the page is ${scrollWidth} wide, and the screen ${clientWidth}`);
  for (const element of document.querySelectorAll('a,button,input:not([type=hidden]),select,summary')) {
    const box = element.getBoundingClientRect();
    if (shown(element) && getComputedStyle(element).display !== 'inline' && Math.min(box.width, box.height) < 20) say(`it is hard to hit, ${box.width} by ${box.height}`, element);
  }

  // Contrast, by WCAG 2: 4.5 to 1, and 3 to 1 for large letters.
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const parse = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let least = 21, texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !shown(element)) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const [a, b] = [light(parse(style.color)), light(ground(element))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05), isLarge = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700);
    texts++; least = Math.min(least, contrast);
    if (contrast < (isLarge ? 3 : 4.5)) say(`its contrast is ${contrast.toFixed(2)}`, element);
    if (size < 12) say(`its letters are ${size} pixels high`, element);
  }
  return { wrong, least, texts };
})()
