import type { StandInPerson } from './people.ts'

export interface StandInSettings {
  readonly port: number
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
  readonly postLogoutUri: string
  /**
   * As the real one, lets a person in again without asking for twelve hours. Off for a demonstration, where one changes
   * person often.
   */
  readonly remembers?: boolean
  /** Whom it knows; everyone of the demonstration unless told otherwise. */
  readonly people?: readonly StandInPerson[]
  /** For tests: what a provider that lies, or is broken, puts in its tokens. */
  readonly alter?: (token: 'id_token' | 'userinfo', claims: Record<string, unknown>) => Record<string, unknown>
}

export const base = '/api/v2'
export const identityClaims = ['given_name', 'usual_name', 'email', 'uid', 'siret', 'idp_id']
