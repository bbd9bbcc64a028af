import type { Severity } from '../../domain/protection/detector.ts';
import type { SuspectKind } from '../../domain/protection/detectors/watched.ts';
import type { Surge } from '../../domain/protection/curb.ts';
import type { GrantMode } from '../../domain/protection/grant.ts';
import type { Verdict } from '../../domain/protection/incident.ts';
import type { IncidentState } from '../../domain/protection/incident-moves.ts';
import type { MeasureKind } from '../../domain/protection/suspicion.ts';
import type { Texts } from '../../domain/locale.ts';

const of = (ru: string, en: string): Texts => ({ ru, en });

export const severityWords: Readonly<Record<Severity, Texts>> = {
  S1: of('критический', 'critical'),
  S2: of('высокий', 'high'),
  S3: of('средний', 'medium'),
  S4: of('низкий', 'low'),
};
export const stateWords: Readonly<Record<IncidentState, Texts>> = {
  open: of('ждёт', 'waiting'),
  acknowledged: of('в работе', 'acknowledged'),
  mitigating: of('устраняется', 'being mitigated'),
  resolved: of('закончился', 'resolved'),
  reviewed: of('разобран', 'reviewed'),
};
export const verdictWords: Readonly<Record<Verdict, Texts>> = {
  'true-positive': of('настоящий инцидент', 'a real incident'),
  'false-positive': of('ложная тревога', 'a false alarm'),
};
export const modeWords: Readonly<Record<GrantMode, Texts>> = {
  open: of('открыто', 'open'),
  throttle: of('важное проходит', 'throttled'),
  drain: of('только команды', 'draining'),
  closed: of('закрыто', 'closed'),
};
export const surgeWords: Readonly<Record<Surge, Texts>> = {
  'flash-crowd': of('наплыв: пришло много людей', 'a crowd, many people came'),
  flood: of('похоже на DDoS-атаку', 'what looks like a DDoS attack'),
};
export const measureWords: Readonly<Record<MeasureKind, Texts>> = {
  'step-up': of('нужна дополнительная проверка', 'must prove more'),
  tarpit: of('ответы задерживаются', 'answers wait'),
  throttle: of('десятая часть обычной скорости', 'a tenth of the usual rate'),
  quarantine: of('остановлен', 'stopped'),
};
export const suspectWords: Readonly<Record<SuspectKind, Texts>> = {
  session: of('сеанс', 'session'),
  customer: of('клиент', 'customer'),
  subnet: of('сеть', 'network'),
  login: of('логин', 'login'),
};

export const words = {
  console: of('Пульт шлюза', 'Gateway console'),
  skip: of('К содержимому', 'Skip to content'),
  sections: of('Разделы', 'Sections'),
  live: of('Сейчас', 'Now'),
  all: of('Все инциденты', 'All incidents'),
  budgets: of('Лимиты', 'Budgets'),
  measures: of('Меры', 'Measures'),
  signOut: of('Выйти', 'Sign out'),
  signIn: of('Войти', 'Sign in'),
  signInTitle: of('Вход в пульт шлюза', 'Sign in to the gateway console'),
  login: of('Логин', 'Login'),
  password: of('Пароль', 'Password'),
  code: of('Код из приложения', 'Code from the authenticator'),
  signInWrong: of(
    'Логин, пароль или код не подходят. Код годится один раз: дождитесь следующего.',
    'Login, password or code is wrong. A code works once: wait for the next one.',
  ),
  tooMany: of(
    'Слишком много попыток. Повторите позже, минут: ',
    'Too many tries. Again in minutes: ',
  ),
  busy: of('Шлюз сейчас занят. Повторите попытку.', 'The gateway is busy. Try again.'),
  nothing: of('Смотреть не на что', 'Nothing to look at'),
  nothingMore: of(
    'Живых инцидентов нет. Страница обновляется сама.',
    'There is no live incident. The page renews itself.',
  ),
  noIncidents: of('Инцидентов ещё не было.', 'There have been no incidents yet.'),
  noMeasures: of('Никто не ограничен.', 'Nobody is held back.'),
  lift: of('Снять', 'Lift'),
  liftTitle: of('Снять меру', 'Lift a measure'),
  liftMeans: of(
    'Мера закончится сразу на всех шлюзах, а подозрения будут забыты. Ваш логин и причина останутся в журнале.',
    'The measure ends at once at every gateway and what led to it is forgotten. Your login and the reason stay in the audit log.',
  ),
  liftNow: of('Снять', 'Lift it'),
  liftLate: of(
    'Эта мера уже закончилась. Ничего не изменено.',
    'That measure is over already. Nothing was changed.',
  ),
  reason: of('Причина, до 200 знаков', 'Why, in up to 200 characters'),
  noReason: of(
    'Напишите причину: её прочтут те, кто будет разбираться.',
    'Say why: somebody will want to know later.',
  ),
  longReason: of(
    'Причина длиннее 200 знаков: сократите её.',
    'The reason is longer than 200 characters: shorten it.',
  ),
  back: of('Назад', 'Back'),
  noBudgets: of(
    'Внутренняя система ещё ничего не разрешила: ни один вопрос не проходит.',
    'The inside has granted nothing yet: no question passes.',
  ),
  since: of('с', 'since'),
  last: of('последнее', 'last'),
  sightings: of('событий', 'sightings'),
  first: of('Первое событие', 'First sighting'),
  lastSighting: of('Последнее событие', 'Last sighting'),
  sightingsCount: of('Событий', 'Sightings'),
  bySelf: of('Шлюз делает сам', 'The gateway does by itself'),
  verdict: of('Оценка', 'Verdict'),
  evidence: of('Что увидел шлюз', 'What the gateway saw'),
  bodies: of('Тела отвергнутых сообщений', 'Bodies of refused messages'),
  bodiesHow: of(
    'Начало открывает владелец ключа: npm run evidence -- show НОМЕР',
    'Who has the key opens their beginning: npm run evidence -- show ID',
  ),
  bytes: of('байт', 'bytes'),
  origins: of('Откуда', 'Where from'),
  originsInAll: of('Всего источников', 'Origins in all'),
  about: of('примерно', 'about'),
  noOrigins: of('Источник не известен.', 'The origin is not known.'),
  history: of('История', 'History'),
  noMoves: of('Пока никто ничего не делал.', 'Nobody has done anything yet.'),
  time: of('само, по времени', 'by itself, in time'),
  whatToDo: of('Что сделать', 'What to do'),
  acknowledge: of('Взять в работу', 'Acknowledge'),
  mitigate: of('Устраняю', 'Mitigate'),
  resolve: of('Закончился', 'Resolve'),
  reviewTrue: of('Был настоящим', 'It was real'),
  reviewFalse: of('Ложная тревога', 'A false alarm'),
  done: of(
    'Этот инцидент разобран, делать больше нечего.',
    'This incident is reviewed; nothing is left to do.',
  ),
  moveLate: of(
    'Кто-то успел раньше: состояние уже другое. Ничего не изменено.',
    'Somebody was faster: the state is another one now. Nothing was changed.',
  ),
  newer: of('Новее', 'Newer'),
  older: of('Старее', 'Older'),
  pages: of('Страницы', 'Pages'),
  rate: of('Разрешено в секунду', 'Granted per second'),
  concurrency: of('Разрешено сразу', 'Granted at once'),
  underWay: of('В пути', 'Under way'),
  places: of('Мест сейчас', 'Places now'),
  waiting: of('Ждут', 'Waiting'),
  passed: of('Прошло в секунду', 'Passed per second'),
  refused: of('Отказано в секунду', 'Busy per second'),
  usual: of('Обычный ответ, мс', 'Usual answer, ms'),
  expires: of('Разрешено до', 'Granted until'),
  passes: of('Пропускается в секунду', 'Let through per second'),
  passesAtOnce: of('Пропускается сразу', 'Let through at once'),
  curbed: of('Урезано с', 'Throttled since'),
  shed: of('Фоновые запросы не пропускаются с', 'What can wait is turned away since'),
  because: of('причина', 'because of'),
  atMostUntil: of('не дольше чем до', 'at most until'),
  keeps: of('от разрешённого проходит, %', 'of the grant passes, %'),
  safe: of(
    'Разрешение не продлено: действуют безопасные лимиты',
    'The grant ran out: the safe limits hold',
  ),
  plotPassed: of('прошло', 'passed'),
  plotBusy: of('отказано', 'busy'),
  plotGrant: of('разрешено', 'granted'),
  tenMinutes: of('10 мин назад', '10 min ago'),
  now: of('сейчас', 'now'),
  most: of('верх графика, в секунду: ', 'top of the plot, per second: '),
  soon: of('График появится через несколько секунд.', 'The plot appears in a few seconds.'),
  until: of('до', 'until'),
  linkUseful: of(
    'Нажмите кнопку, и все увидят, что инцидентом занимаетесь вы; остальных будить перестанут.',
    'Press the button and everybody sees that you look after it; nobody else is woken.',
  ),
  linkTaken: of('Готово: инцидент за вами.', 'Done: the incident is yours.'),
  linkUsed: of('Эта ссылка уже не нужна: ', 'This link is needed no more: '),
  linkUsedBy: of('инцидентом уже занимается ', 'the incident is already looked after by '),
  linkOver: of('инцидент уже закончился.', 'the incident is over.'),
  linkRanOut: of(
    'Ссылка годится один день, и этот день прошёл.',
    'A link works for one day, and that day has passed.',
  ),
  linkSuperseded: of(
    'Инцидент с тех пор вернулся; годится ссылка из нового сообщения.',
    'The incident has come back since; use the link of the newer message.',
  ),
  linkNotOurs: of(
    'Это не ссылка из нашего сообщения, или она пришла не целиком.',
    'This is no link of a message of ours, or it did not arrive whole.',
  ),
  linkNothingChanged: of('Ничего не изменено.', 'Nothing was changed.'),
  toConsole: of('Открыть пульт', 'Open the console'),
  notFound: of('Такой страницы нет', 'There is no such page'),
  foreign: of(
    'Это действие пришло с чужой страницы и не выполнено',
    'This came from another site and was not done',
  ),
  wrongForm: of('Форма заполнена не так', 'The form is not right'),
  trouble: of('Шлюз не смог ответить', 'The gateway could not answer'),
  troubleId: of('Номер ошибки: ', 'Number of the error: '),
} as const satisfies Readonly<Record<string, Texts>>;
