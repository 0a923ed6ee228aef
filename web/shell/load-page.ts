import { offline } from '../platform/problem.ts'
import type { PageRoute } from '../platform/routes.ts'

const answers = () =>
  fetch('/health/live', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )

/**
 * The code of a page, fetched at its first visit. Throws `offline` where the service does not answer: the page is not
 * broken. Another failure is that of a page gone since a new version, which the router reloads.
 */
export const pageLoader =
  (page: PageRoute['page']): PageRoute['page'] =>
  async () => {
    try {
      return await page()
    } catch (error) {
      throw (await answers()) ? error : offline()
    }
  }
