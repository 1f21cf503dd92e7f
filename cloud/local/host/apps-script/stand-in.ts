/**
 * An object of Apps Script with these methods and no others: what is not there throws with its full name, so that a
 * bundle that needs more is found out here and not in Google Sheets.
 */
export function standIn<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, property) {
      if (property in target) return target[property as keyof T];
      if (typeof property === 'symbol' || property === 'toJSON' || property === 'then')
        return undefined;
      throw new Error(`${name}.${property} is not in the stand-in for Apps Script.`);
    },
  });
}

/** A service in AuthMode.NONE: any use of it is refused, as Apps Script does. */
export function deniedService(name: string): object {
  return new Proxy(
    {},
    {
      get(_target, property) {
        throw new Error(`You do not have permission to call ${name}.${String(property)}`);
      },
    },
  );
}
