import type fc from 'fast-check';

/** The same store or provider, each call of which waits for its turn with the scheduler. */
export const interleaved = <Port extends object>(scheduler: fc.Scheduler, port: Port): Port =>
  new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const isSync = ['readNotification', 'answer'].includes(String(name));
      if (isSync) return member.bind(target);
      return async (...args: unknown[]) => {
        await scheduler.schedule(Promise.resolve(), String(name));
        return Reflect.apply(member, target, args) as unknown;
      };
    },
  });

/** The same port, telling of each call by its name. */
export const overheard = <Port extends object>(port: Port, calls: string[]): Port =>
  new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        calls.push(String(name));
        return Reflect.apply(member, target, args) as unknown;
      };
    },
  });

/** The same port whose methods named fail as if the machine behind were down. */
export const broken = <Port extends object>(port: Port, ...methods: (keyof Port)[]): Port =>
  new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (methods.some((method) => method === name)) {
        return () => Promise.reject(new Error(`${String(name)}: the database is down`));
      }
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
