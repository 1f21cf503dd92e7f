import { type Listening, listen } from '../../cloud/local/listen.ts';

/** An address for documentation (RFC 5737): the browser of the walk, as its bank is to see it. */
export const browserAddress = '203.0.113.7';

/** What stands before Firebase Hosting at Google: hands everything on, and tells whose browser asks. */
export function startFrontEnd(target: string): Promise<Listening> {
  return listen(async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.set('x-forwarded-for', browserAddress);
    headers.set('accept-encoding', 'identity');
    headers.delete('host');
    headers.delete('connection');
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
    const answer = await fetch(`${target}${pathname}${search}`, {
      method: request.method,
      headers,
      redirect: 'manual',
      ...(hasBody && { body: await request.arrayBuffer() }),
    });
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  }, 0);
}
