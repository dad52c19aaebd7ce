/** A password is safe by its length, not by a lockout: 64 of 62 letters and digits are 381 bits. */
export const passwordLength = 64;
