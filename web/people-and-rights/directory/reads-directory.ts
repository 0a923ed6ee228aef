import type { Me } from '../../platform/session.ts'

/** The directory opens with a right in effect. Only a courtesy: the server decides. Alone here: many pages ask it. */
export const readsDirectory = ({ rights }: Pick<Me, 'rights'>): boolean => rights.length > 0
