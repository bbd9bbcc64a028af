import type { IncidentNews } from '../../domain/protection/notice.ts';
import { detectorCodes, type Severity } from '../../domain/protection/detector.ts';
import { isoText, type Instant } from '../../domain/time.ts';

/** Facility 13 is the log audit; severities by RFC 5424: 1 alert, 3 error, 4 warning, 5 notice. */
const facility = 13;
const syslogSeverity: Readonly<Record<Severity, number>> = { S1: 1, S2: 3, S3: 4, S4: 5 };
/** CEF counts from 0 to 10. */
const cefSeverity: Readonly<Record<Severity, number>> = { S1: 10, S2: 7, S3: 5, S4: 2 };

/** One incident as a frame of RFC 6587 (octet counting) around a message of RFC 5424 whose text is in CEF. */
export function syslogFrame(host: string, news: IncidentNews, at: Instant): Buffer {
  const priority = facility * 8 + syslogSeverity[news.severity];
  const header = `<${String(priority)}>1 ${isoText(at)} ${token(host, 255)} kabinet-gateway - incident -`;
  // The mark of byte order says that the text is UTF-8.
  const message = Buffer.from(`${header} \uFEFF${cefText(news)}`);
  return Buffer.concat([Buffer.from(`${String(message.length)} `), message]);
}

/** An incident in the Common Event Format. Nothing in it can end a field, a line or the event. */
export function cefText(news: IncidentNews): string {
  const { detector, severity, telling, state, target, sightings, origins, firstAt, lastAt, id } =
    news;
  const number = String(100 + detectorCodes.indexOf(detector));
  const head = [
    'CEF:0',
    'Kabinet',
    'Gateway',
    '1',
    number,
    detector,
    String(cefSeverity[severity]),
  ];
  const fields = {
    externalId: id,
    cat: detector,
    act: telling,
    outcome: state,
    start: String(firstAt),
    end: String(lastAt),
    cnt: String(sightings),
    cs1Label: 'target',
    cs1: target,
    cn1Label: 'origins',
    cn1: String(origins),
  };
  const extension = Object.entries(fields).map(
    ([name, value]) => `${name}=${extensionValue(value)}`,
  );
  return `${head.map((part, n) => (n === 0 ? part : headerValue(part))).join('|')}|${extension.join(' ')}`;
}

const longestValue = 1_000;
/** Control characters and the separators Unicode has for lines become spaces: one event stays one line. */
const oneLine = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ').slice(0, longestValue);

export const headerValue = (text: string): string =>
  oneLine(text).replaceAll('\\', '\\\\').replaceAll('|', '\\|');
export const extensionValue = (text: string): string =>
  oneLine(text).replaceAll('\\', '\\\\').replaceAll('=', '\\=').replaceAll('|', '\\|');

/** A field of the header of RFC 5424: printable ASCII without spaces. */
const token = (text: string, longest: number): string =>
  text.replaceAll(/[^\x21-\x7e]/g, '').slice(0, longest) || '-';
