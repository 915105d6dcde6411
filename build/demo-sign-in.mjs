// The sign-in of the demo (`make demo`), for scripts that look at its pages.
// As Commands/Demo.cs makes them.
const [email, password] = ['demo@veelocity.example', 'veelocity-demo'];

/** Answers the address of the demo's organization, where one lands after signing in. */
export async function signIn(page, address) {
  await page.goto(new URL('/account/login', address).href);
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/o\/[^/?]+/);
  return new URL(page.url()).pathname.match(/^\/o\/[^/]+/)[0];
}
