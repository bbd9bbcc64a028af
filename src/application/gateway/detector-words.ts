import type { DetectorCode } from '../../domain/protection/detector.ts';
import type { Texts } from '../../domain/locale.ts';

/** What a detector's incident is called, and what the gateway does about it by itself. */
export interface DetectorWords {
  readonly title: Texts;
  readonly action: Texts;
}

const words = (ru: string, en: string, doneRu: string, doneEn: string): DetectorWords => ({
  title: { ru, en },
  action: { ru: doneRu, en: doneEn },
});
const dropped = ['сообщения отброшены', 'the messages are dropped'] as const;
const hidden = ['отвечено «не найдено»', 'answered “not found”'] as const;
const nothing = ['ничего, нужен человек', 'nothing, somebody is needed'] as const;
const limited = [
  'лишнее отклоняется, важное проходит',
  'the surplus is refused, the rest passes',
] as const;
const safeLimits = ['действуют безопасные лимиты', 'the safe limits hold'] as const;
const watched = ['только наблюдение', 'it is watched only'] as const;
const stepUp = ['требуется дополнительная проверка', 'a further proof is asked for'] as const;

/** The words for every detector, in every language. */
export const detectorWords: Readonly<Record<DetectorCode, DetectorWords>> = {
  canary: words('Использована приманка', 'A bait was used', ...hidden),
  'foreign-object': words(
    'Запрос чужого объекта',
    'Somebody else’s object was asked for',
    ...hidden,
  ),
  enumeration: words('Перебор номеров до входа', 'Ids are tried before sign-in', ...stepUp),
  'many-sources': words(
    'Неудачи одного клиента из многих сетей',
    'One customer’s failures from many networks',
    ...stepUp,
  ),
  'credential-stuffing': words('Подбор паролей', 'Credential stuffing', ...stepUp),
  'bad-signature': words('Поддельное сообщение', 'A forged message', ...dropped),
  replay: words('Повтор перехваченного сообщения', 'A replayed message', ...dropped),
  'bad-schema': words('Сообщение не по форме', 'A message that does not fit', ...dropped),
  'bad-reply': words(
    'Ответ не по форме',
    'A reply that does not fit',
    'ответ задержан',
    'the reply is blocked',
  ),
  'flash-crowd': words('Наплыв посетителей', 'A flash crowd', ...limited),
  flood: words('Признаки DDoS-атаки', 'Signs of a DDoS attack', ...limited),
  'slow-ramp': words('Нагрузка медленно растёт', 'The load grows slowly', ...watched),
  harvest: words(
    'Массовый сбор документов',
    'Documents are being collected',
    'действует дневной предел',
    'the daily limit holds',
  ),
  'impossible-sequence': words('Невозможный порядок действий', 'An impossible sequence', ...stepUp),
  'cost-hog': words(
    'Один клиент занимает много ресурсов',
    'One customer takes a large share',
    ...limited,
  ),
  'grant-exhausted': words('Лимит почти исчерпан', 'The grant is almost used up', ...limited),
  'grant-late': words(
    'Лимит не продлён вовремя',
    'The grant was not renewed in time',
    ...safeLimits,
  ),
  'connector-silent': words('Внутренняя система молчит', 'The inside is silent', ...safeLimits),
  'gateway-silent': words('Шлюз молчит', 'The gateway is silent', ...nothing),
  'dead-letter': words(
    'Недоставленное сообщение',
    'An undeliverable message',
    'отложено',
    'it is set aside',
  ),
  'clock-skew': words('Часы расходятся', 'Clocks disagree', ...watched),
  'audit-break': words('Нарушена цепочка журнала', 'The audit chain is broken', ...nothing),
  storm: words(
    'Шквал инцидентов',
    'A storm of incidents',
    'остальные сообщения придержаны',
    'other messages are held back',
  ),
  drill: words(
    'Ежедневная проверка связи',
    'The daily test of channels',
    'делать ничего не нужно',
    'nothing to do',
  ),
  'attack-text': words('Похоже на атаку в тексте', 'Text that looks like an attack', ...watched),
  'sms-limit': words(
    'Дневной предел СМС исчерпан',
    'The daily limit of short messages is used up',
    'до полуночи сообщения идут другими каналами',
    'until midnight messages go by other channels',
  ),
};
