/** A file of data that the site serves: no part of any script. */
export async function fetched(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

/** Data that a lab draws from the start: `ready` brings it, `data` has it from then on. */
export function dataFile<Data>(bring: () => Promise<Data>): {
  ready: () => Promise<void>;
  data: () => Data;
} {
  let here: Data | undefined;
  return {
    async ready() {
      here ??= await bring();
    },
    data() {
      if (here === undefined) throw new Error('the data are not there: ready comes first');
      return here;
    },
  };
}
