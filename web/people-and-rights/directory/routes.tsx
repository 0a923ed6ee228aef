import type { PageRoute } from '../../platform/routes.ts'

/** The card of one person, `/annuaire/$accountId`, stands with the campaigns shared, in work-with-employers/finding. */
export const routes: readonly PageRoute[] = [
  { path: '/annuaire', page: () => import('./directory.page.tsx') },
  { path: '/annuaire/moi', page: () => import('./own-entry.page.tsx') },
]
