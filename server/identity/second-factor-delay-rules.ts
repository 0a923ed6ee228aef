/** Seconds to wait after so many wrong codes in a row: none before the fifth, then twice as long each time, never above fifteen minutes. */
export const delaySeconds = (failures: number): number => (failures < 5 ? 0 : Math.min(30 * 2 ** (failures - 5), 900))
