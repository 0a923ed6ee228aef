import { getSignInHelp, listFirstPeople } from '../../../contract/signing-in/sign-in-help.ts'
import { call } from '../../platform/api.ts'

export const signInHelpQuery = (accountId: string) => ({
  queryKey: ['sign-in-help', accountId],
  queryFn: ({ signal }: { signal: AbortSignal }) => call(getSignInHelp, { params: { accountId }, signal }),
})
export const firstPeopleQuery = (waiting: boolean) => ({
  queryKey: ['sign-in-help', 'first-people', waiting],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    call(listFirstPeople, { query: waiting ? { waiting } : {}, signal }),
})
