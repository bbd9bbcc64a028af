// Renews the live part of a page every five seconds. The answer is parsed by the browser's own loader, which runs
// nothing of it and needs no exception from the content security policy.
const everyMs = 5000;
const live = document.querySelector('[data-live]');

const renew = () => {
  if (document.hidden) return;
  const address = new URL(location.href);
  address.searchParams.set('live', '1');
  const request = new XMLHttpRequest();
  request.open('GET', address);
  request.responseType = 'document';
  request.timeout = everyMs;
  request.onload = () => {
    const fresh = request.responseXML?.querySelector('[data-live]');
    if (request.status === 200 && fresh) show(fresh);
    // The session has ended: the page says so.
    else if (request.status === 200 || request.status === 401) location.reload();
  };
  request.send();
};

const show = (fresh) => {
  if (fresh.isEqualNode(live)) return;
  const focused = live.contains(document.activeElement)
    ? document.activeElement.getAttribute('href')
    : null;
  live.replaceChildren(...document.adoptNode(fresh).childNodes);
  const again = [...live.querySelectorAll('a')].find(
    (link) => focused !== null && link.getAttribute('href') === focused,
  );
  again?.focus({ preventScroll: true });
};

if (live) setInterval(renew, everyMs);
