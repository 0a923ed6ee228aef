import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import { type DataCategory, type Profile, profiles, type Role, type Tool } from '../../contract/route.ts'
import { getMe, type Me as MeSchema, signOut as signOutRoute } from '../../contract/signing-in/identity.ts'
import { call, working } from './api.ts'
import { queryClient } from './query.ts'

export type Me = Static<typeof MeSchema>

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(getMe, { signal, plain: true }),
  staleTime: 60_000,
})

/** Asks anew who is signed in; an answer still on its way, asked before, is given up. */
export const askMe = async (): Promise<Me> => {
  await queryClient.cancelQueries({ queryKey: meQuery.queryKey })
  return queryClient.fetchQuery({ ...meQuery, staleTime: 0 })
}

/** Whether a right in effect opens this tool, with this profile at least. Only a courtesy: the server decides. */
export const holds = ({ rights }: Me, tool: Tool, profile: Profile = 'consultation'): boolean =>
  rights.some(right => right.tool === tool && profiles.indexOf(right.profile) >= profiles.indexOf(profile))

/** Whether annex 4 opens that category of data (AGR-12). Only a courtesy: the server decides. */
export const opensData = ({ categories }: Me, category: DataCategory): boolean => categories.includes(category)

/** Everywhere, or for a region (AGR-16). */
export const holdsRoleSomewhere = ({ roles, rolesOfRegions }: Me, ...any: readonly Role[]): boolean =>
  [...roles, ...rolesOfRegions.map(({ role }) => role)].some(role => any.includes(role))

/** The signed-in person. Signed-in pages are drawn only once this is known. */
export const useMe = (): Me => {
  const { data } = useQuery(meQuery)
  if (!data) throw new Error('useMe outside a signed-in page')
  return data
}
export const useMaybeMe = (): Me | undefined => useQuery(meQuery).data

/** Only a path of this site is ever kept: no other address, nothing of what was searched. */
export const safeReturn = (path: string | undefined | null) =>
  path && /^\/(?![/\\])[\w\-/.~%]*$/.test(path) && !/^\/(api|auth|connexion(?!\/revenir$))/.test(path) ? path : '/'

export const signInAddress = (returnTo: string) => `/auth/sign-in?returnTo=${encodeURIComponent(safeReturn(returnTo))}`
/** For a second factor that ProConnect holds: a fresh proof is asked there. */
export const stepUpAddress = (returnTo: string) => `/auth/step-up?returnTo=${encodeURIComponent(safeReturn(returnTo))}`

/** For who has no ProConnect; offered where the operator opened it. */
export const passwordAddress = (returnTo: string) =>
  `/connexion/mot-de-passe?retour=${encodeURIComponent(safeReturn(returnTo))}`

export const signOut = async () => {
  const { redirectTo } = await call(signOutRoute, { plain: true })
  working.set(false)
  queryClient.clear()
  window.location.assign(redirectTo)
}
