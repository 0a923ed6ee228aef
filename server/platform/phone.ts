import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** The E.164 of a phone as people type it, in France unless it says its country; undefined: it is none. */
export const e164 = (typed: string): string | undefined => {
  const phone = parsePhoneNumberFromString(typed, 'FR')
  return phone?.isValid() ? phone.number : undefined
}
