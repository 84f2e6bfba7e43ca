/* SPDX-License-Identifier: ISC */
/*
 * Calls that do not compile here. Included by the compiler's command line
 * (-include), after the system's headers that declare them.
 */
#ifndef NP_BANNED_H
#define NP_BANNED_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NP_BANNED(f) sorry_##f##_is_a_banned_function

#undef strcpy
#define strcpy(a, b) NP_BANNED(strcpy)
#undef strcat
#define strcat(a, b) NP_BANNED(strcat)
#undef strncpy
#define strncpy(a, b, n) NP_BANNED(strncpy)
#undef strncat
#define strncat(a, b, n) NP_BANNED(strncat)
#undef sprintf
#define sprintf(...) NP_BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) NP_BANNED(vsprintf)
#undef strtok
#define strtok(a, b) NP_BANNED(strtok)
#undef atoi
#define atoi(a) NP_BANNED(atoi)
#undef atol
#define atol(a) NP_BANNED(atol)
#undef atof
#define atof(a) NP_BANNED(atof)
#undef gmtime
#define gmtime(a) NP_BANNED(gmtime)
#undef localtime
#define localtime(a) NP_BANNED(localtime)
#undef ctime
#define ctime(a) NP_BANNED(ctime)
#undef asctime
#define asctime(a) NP_BANNED(asctime)
#undef alloca
#define alloca(a) NP_BANNED(alloca)
#endif
