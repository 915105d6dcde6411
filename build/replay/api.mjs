// The REST API as its callers use it: a bearer token, an organization, and pages read to their end.
export class Api {
  #token;

  constructor(address, organization, token) {
    [this.address, this.organization, this.#token] = [`${address}/api/v1`, organization, token];
  }

  /** The API as someone who just registered and signed in. */
  static async signedIn(address, email, password) {
    const anonymous = new Api(address);
    await anonymous.post('/auth/register', { email, password, full_name: 'Replay' });
    return new Api(address, undefined, (await anonymous.post('/auth/login', { email, password })).access_token);
  }

  in(organization) {
    return new Api(this.address.replace(/\/api\/v1$/, ''), organization, this.#token);
  }

  get(path, query = {}) {
    const parameters = new URLSearchParams(query).toString();
    return this.#send('GET', parameters ? `${path}?${parameters}` : path);
  }

  post = (path, body = {}) => this.#send('POST', path, body);
  delete = path => this.#send('DELETE', path);

  async all(path, query = {}) {
    const items = [];
    for (let page = 1; ; page++) {
      const answer = await this.get(path, { ...query, page, per_page: 100 });
      items.push(...answer.items);
      if (answer.items.length === 0 || items.length >= answer.total) return items;
    }
  }

  async #send(method, path, body) {
    const response = await fetch(this.address + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...(this.organization && { 'x-organization': this.organization }),
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw Object.assign(new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`), { status: response.status });
    return text ? JSON.parse(text) : null;
  }
}
