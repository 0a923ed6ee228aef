/** Members of a reply that tell of a person met at an employer. A route that may answer one says `revealsPersons`; a fence looks. */
export const personalMembers = ['personMet', 'notes', 'phone', 'values'] as const
