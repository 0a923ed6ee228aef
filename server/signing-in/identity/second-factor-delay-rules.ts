/**
 * Seconds to wait after so many wrong codes in a row: none before the fifth, then twice as long each time, never above
 * fifteen minutes.
 */
export const delaySeconds = (failures: number): number => (failures < 5 ? 0 : Math.min(30 * 2 ** (failures - 5), 900))

/** Wrong codes in a row at which the person is told by mail: somebody has their first factor. */
export const isTold = (failures: number): boolean => failures === 10 || failures === 50
/**
 * From then on no code is looked at any more: a passkey opens, or the account manager's reset. 96 guesses a day for
 * ever would be one year in ten.
 */
export const passkeyOnly = (failures: number): boolean => failures >= 50
