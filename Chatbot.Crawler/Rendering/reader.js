// Runs in a world of its own beside the page's scripts: it sees the same document, and nothing they redefine.
// Gives back an object with settle, scroll and serialise.
(() => {
  const silent = new Set(['script', 'style', 'noscript', 'template', 'canvas', 'svg', 'object', 'embed', 'audio', 'video', 'source', 'track', 'frame', 'frameset']);
  const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
  const kept = ['id', 'class', 'role', 'title', 'lang', 'dir', 'alt', 'rel', 'hreflang', 'datetime', 'colspan', 'rowspan', 'headers', 'scope', 'start', 'reversed',
    'value', 'type', 'name', 'content', 'property', 'http-equiv', 'itemprop', 'itemscope', 'itemtype', 'aria-label', 'aria-level', 'cite'];
  const consentName = /(^|[\s_-])(cookies?|consent|gdpr|ccpa|cmp|cmplz|onetrust|usercentrics|uc|borlabs|klaro|didomi|truste|trustarc|iubenda|cookiebot|cookieconsent|cookiebanner|cookiebar|cookienotice|cookiefirst|osano|axeptio|tarteaucitron|cybotcookiebotdialog)([\s_-]|$)/i;
  const consentIds = /^(onetrust|ot-sdk|CybotCookiebot|usercentrics|uc-|BorlabsCookie|klaro|didomi|truste|iubenda-cs|sp_message_container|qc-cmp|cmpbox|cmpwrapper|cookie|tarteaucitron|axeptio|hs-eu-cookie|moove_gdpr|wt-cli|cc-window|termsfeed)/i;
  const consentText = /cookie|consent|einwillig|datenschutz|privacy|gdpr|rgpd|dsgvo|confidentialité|隐私|同意/i;
  const consentButton = /accept|agree|allow|akzept|zustimm|einverstanden|erlauben|ablehn|reject|decline|accepter|refuser|autoriser|接受|同意|拒绝/i;
  const opensByName = '.collapse,.accordion-collapse,.accordion-content,.accordion-body,.accordion-panel,.accordion__content,.accordion__panel,.tab-pane,.tab-panel,.tab-content,.tabs-panel,'
    + '.panel-collapse,.ui-accordion-content,.ui-tabs-panel,.faq-answer,.faq__answer,.elementor-tab-content,.wp-block-details,.carousel-item,.swiper-slide,.slick-slide,[role=tabpanel]';

  /** Children as they are laid out: shadow trees in place of their hosts' own, slots filled. */
  const children = node => {
    if (node.shadowRoot) return node.shadowRoot.childNodes;
    if (node.localName === 'slot') {
      const assigned = node.assignedNodes({ flatten: true });
      if (assigned.length) return assigned;
    }
    return node.childNodes;
  };

  /** All elements, those in open shadow trees too. */
  const everything = function* (root) {
    for (const element of root.querySelectorAll('*')) {
      yield element;
      if (element.shadowRoot) yield* everything(element.shadowRoot);
    }
  };

  const settle = (quiet, limit) => new Promise(resolve => {
    const started = performance.now();
    let last = started;
    let news = true;
    const observed = new WeakSet();
    const observer = new MutationObserver(() => {
      last = performance.now();
      news = true;
    });
    const observe = root => {
      if (observed.has(root)) return;
      observed.add(root);
      observer.observe(root, { childList: true, characterData: true, subtree: true });
    };
    const tick = () => {
      if (news) {
        news = false;
        observe(document);
        for (const element of everything(document)) if (element.shadowRoot) observe(element.shadowRoot);
      }
      const now = performance.now();
      const isQuiet = document.readyState === 'complete' && now - last >= quiet;
      if (isQuiet || now - started >= limit) {
        observer.disconnect();
        resolve(isQuiet);
      } else {
        setTimeout(tick, Math.max(10, Math.min(50, quiet / 4)));
      }
    };
    tick();
  });

  /** True when there was something to scroll to; whoever listens has heard of it then. */
  const scroll = async () => {
    const page = document.scrollingElement;
    if (!page) return false;
    const left = page.scrollHeight - page.clientHeight - page.scrollTop;
    if (left <= 10) return false;
    page.scrollTo({ top: page.scrollHeight, behavior: 'instant' });
    // They hear of it with the next frame, which a busy machine draws late, and a page that nobody sees maybe never.
    await new Promise(resolve => {
      requestAnimationFrame(resolve);
      setTimeout(resolve, 2000);
    });
    return true;
  };

  const textOf = element => (element.textContent || '').replace(/\s+/g, ' ').trim();

  const serialise = limit => {
    const out = [];
    let length = 0;
    const write = text => {
      length += text.length;
      if (length <= limit) out.push(text);
    };
    const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    const quote = text => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
    const lost = [];

    // What a click would show: named by the thing to click.
    const controlled = new Set();
    const controlledRefs = new Set();
    let pageText = 0;
    for (const element of everything(document)) {
      if (element.getAttribute('role') !== 'combobox' && element.localName !== 'input') {
        for (const id of (element.getAttribute('aria-controls') || '').split(/\s+/)) if (id) controlled.add(id);
      }
      for (const name of ['data-bs-target', 'data-target', 'data-toggle', 'href']) {
        const value = element.getAttribute(name);
        if (value && value.length > 1 && value[0] === '#') controlled.add(value.slice(1));
      }
      for (const target of element.ariaControlsElements || []) controlledRefs.add(target);
    }
    if (document.body) pageText = textOf(document.body).length;

    const isTrigger = element => element && element.matches('[aria-expanded],summary,button,[role=button],[role=tab],.accordion-button,.accordion-header,.accordion-title,.faq-question')
      || element && element.childElementCount === 1 && element.firstElementChild.matches('[aria-expanded],button,[role=button]');
    // A row of headings, each with something hidden after it. After one alone it may be a message that is not due.
    const answersHeading = element => /^(h[1-6]|dt)$/.test(element.previousElementSibling?.localName ?? '') && getComputedStyle(element).display === 'none';
    const rows = new Map();
    const isInRow = element => {
      const parent = element.parentNode;
      if (!parent || !answersHeading(element)) return false;
      if (!rows.has(parent)) rows.set(parent, [...parent.children].filter(answersHeading).length > 1);
      return rows.get(parent);
    };
    const opens = element => element.matches(opensByName) || element.getAttribute('hidden') === 'until-found'
      || (element.id && controlled.has(element.id)) || controlledRefs.has(element)
      || isTrigger(element.previousElementSibling) || isInRow(element) || (element.nextElementSibling && element.nextElementSibling.matches('[aria-expanded=false]'))
      || (element.hasAttribute('aria-labelledby') && !element.hasAttribute('aria-modal'));

    const holdsContent = element => !!element.querySelector('main,article,h1') && textOf(element).length > pageText / 2;
    const isOverlay = (element, style) => {
      if (element === document.body || element === document.documentElement) return false;
      const role = element.getAttribute('role');
      if (element.localName === 'dialog' || role === 'dialog' || role === 'alertdialog' || element.getAttribute('aria-modal') === 'true') return !holdsContent(element);
      const name = `${element.id} ${element.getAttribute('class') || ''}`;
      const floats = style.position === 'fixed' || style.position === 'sticky';
      const named = consentIds.test(element.id) || consentName.test(name);
      if (!named && !floats) return false;
      if (holdsContent(element)) return false;
      const buttons = () => [...everything(element.shadowRoot || element)].some(e => e.matches('button,[role=button],input[type=submit],input[type=button],a[class*=btn],a[class*=button]') && consentButton.test(e.value || textOf(e)));
      if (named) return floats || buttons();
      const text = textOf(element.shadowRoot || element);
      if (consentText.test(text) && buttons()) return true;
      // A veil over the page, with something in front.
      const box = element.getBoundingClientRect();
      return style.position === 'fixed' && Number(style.zIndex) >= 1000 && box.width * box.height > innerWidth * innerHeight * 0.6 && text.length < pageText / 2;
    };

    const keepLinks = element => {
      for (const inner of [element, ...everything(element), ...(element.shadowRoot ? everything(element.shadowRoot) : [])]) {
        if ((inner.localName === 'a' || inner.localName === 'area') && typeof inner.href === 'string' && inner.hasAttribute('href')) lost.push([inner.href, inner.getAttribute('rel')]);
      }
    };

    const attributes = element => {
      let text = '';
      for (const name of kept) {
        const value = element.getAttribute(name);
        if (value !== null && value.length < 4000) text += ` ${name}="${quote(value)}"`;
      }
      for (const name of ['href', 'src']) {
        if (!element.hasAttribute(name)) continue;
        const value = typeof element[name] === 'string' ? element[name] : element.getAttribute(name);
        if (/^https?:|^mailto:|^tel:/i.test(value) && value.length < 8000) text += ` ${name}="${quote(value)}"`;
      }
      return text;
    };

    const walk = (node, opened, unseen, depth) => {
      if (length > limit || depth > 400) return;
      if (node.nodeType === Node.TEXT_NODE) {
        if (!unseen) write(escape(node.data));
        return;
      }
      if (node.nodeType !== Node.ELEMENT_NODE) return;
      const name = node.localName;
      if (name === 'object' || name === 'embed') {
        const shown = name === 'object' ? node.data : node.src;
        if (shown) lost.push([shown, null]);
      }
      if (silent.has(name)) return;
      if (name === 'iframe') {
        if (node.hasAttribute('src')) write(`<iframe${attributes(node)}></iframe>`);
        return;
      }
      const style = getComputedStyle(node);
      if (isOverlay(node, style)) {
        keepLinks(node);
        return;
      }
      let hidden = unseen;
      if (!opened) {
        const gone = style.display === 'none' || (style.visibility !== 'visible' && !unseen);
        if (gone && opens(node)) {
          opened = true;
          hidden = false;
        } else if (style.display === 'none') {
          keepLinks(node);
          return;
        } else {
          hidden = style.visibility !== 'visible';
        }
      } else if (style.display === 'none' && !opens(node)) {
        keepLinks(node);
        return;
      }

      if (name === 'slot') {
        for (const child of children(node)) walk(child, opened, hidden, depth + 1);
        return;
      }
      // Elements of the page's own making mean nothing to a reader of HTML; how they are laid out does.
      const tag = !name.includes('-') ? name : style.display.startsWith('inline') || style.display === 'contents' ? 'span' : 'div';
      write(`<${tag}${attributes(node)}${tag === 'details' ? ' open' : ''}>`);
      if (empty.has(tag)) return;
      for (const child of children(node)) walk(child, opened, hidden, depth + 1);
      write(`</${tag}>`);
    };

    const root = document.documentElement;
    write(`<!DOCTYPE html>\n<html${root.lang ? ` lang="${quote(root.lang)}"` : ''}><head><meta charset="utf-8"><title>${escape(document.title)}</title>`);
    for (const element of document.querySelectorAll('meta[content],link[rel][href],script[type^="application/ld+json"]')) {
      if (element.localName === 'meta') write(`<meta${attributes(element)}>`);
      else if (element.localName === 'link') { if (/canonical|alternate/i.test(element.rel)) write(`<link${attributes(element)}>`); }
      else write(`<script type="application/ld+json">${element.textContent.replace(/<\/script/gi, '')}</script>`);
    }
    write('</head>');
    if (document.body) {
      write(`<body${attributes(document.body)}>`);
      for (const child of children(document.body)) walk(child, false, false, 0);
      if (lost.length) {
        write('<nav hidden>');
        for (const [href, rel] of lost.slice(0, 5000)) if (/^https?:/i.test(href)) write(`<a href="${quote(href)}"${rel ? ` rel="${quote(rel)}"` : ''}></a>`);
        write('</nav>');
      }
      write('</body>');
    }
    write('</html>');
    return out.join('');
  };

  return { settle, scroll, serialise };
})()
