import type { useAddress } from '../../platform/navigation.ts'
import type { filterOf } from './journal-filter.ts'

export type Filter = Omit<ReturnType<typeof filterOf>, 'scope'>
export type SetAddress = ReturnType<typeof useAddress>[1]
