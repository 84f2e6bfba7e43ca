# SPDX-License-Identifier: ISC
"""What the demonstration operator's boxes say that no daemon here can: from the
standards' layouts, octet by octet, in the words of tools/craft.py and of the
protocols' own cases. Each box has the address of operator.sh's row."""
import os
from types import SimpleNamespace

HERE = os.path.dirname(os.path.abspath(__file__))


def borrow(name):
    return SimpleNamespace(**words_of(os.path.join(HERE, name)))


core, home, manage, ran, sba = (borrow(x + '_cases.py') for x in (
    'core', 'home', 'manage', 'ran', 'sba'))

# Equipment by its hardware address, in the makers' registered blocks; stations
# of which nothing is said have local ones.
AMF, UPF, GNB_D = '44:f4:36:1d:00:01', '00:25:9e:71:20:02', '28:6e:d4:49:05:01'
GNB_E, GNB_I = '04:4e:06:2b:07:01', '28:6e:d4:39:01:01'
MME, GNB_G, ENB = '00:25:9e:71:44:01', '00:e0:fc:42:07:01', '00:e0:fc:62:01:01'
EMS, OSS = '28:6e:d4:49:04:01', '02:4c:41:31:00:0b'
SMF, RA_D = '02:4c:41:31:00:09', '02:4c:41:31:00:0a'
AMF_I, RA_I = '02:4c:41:27:00:08', '02:4c:41:27:00:0a'
BNG_I, EDGE_I = '02:4c:41:27:00:0e', '02:4c:41:27:00:0f'
AMF_G, RA_G, ENB_G = ('02:4c:41:2c:00:' + x for x in ('08', '0a', '0b'))
SGW, MME_U = '02:4c:41:2c:00:0c', '02:4c:41:01:00:08'
AT = {AMF: '10.49.1.1', UPF: '10.49.2.1', GNB_D: '10.49.5.1',
      GNB_E: '10.49.6.1', SMF: '10.49.1.9', RA_D: '10.49.1.10',
      EMS: '10.49.4.1', OSS: '10.49.4.9',
      GNB_I: '10.39.1.1', AMF_I: '10.39.1.8', RA_I: '10.39.1.10',
      MME: '10.44.1.1', GNB_G: '10.44.2.1', AMF_G: '10.44.2.8',
      RA_G: '10.44.2.10', ENB_G: '10.44.1.11', SGW: '10.44.1.12',
      ENB: '10.1.1.1', MME_U: '10.1.1.8'}
ran.AT.update(AT)


def here(*macs):
    """Each says by ARP (RFC 826) that it is on the link, as a capture of that
    link would show."""
    return [ethernet('ff:ff:ff:ff:ff:ff', mac, 0x0806, hx(
        '0001 0800 06 04 0001', mac) + ip(AT[mac]) + bytes(6) + ip(AT[mac]))
            for mac in macs]


def base_station(gnb, amf, name, network, number):
    """NG Setup Request, TS 38.413 9.2.6.1."""
    return [ran.ng(gnb, amf, ran.ng_request(
        ran.ng_node(ran.GNB_KIND, network, number, 24), name,
        ran.ng_tas((0x000a01, (network, (1, None))))))]


def certified(gnb, authority, serial, port):
    """CMPv2's first request, RFC 4210 5.3.1, under the maker's authority."""
    return sba.enrols(serial, 'Huawei', 'Huawei Wireless Network Product CA',
                      macs=(gnb, authority), source=AT[gnb],
                      server=AT[authority], port=port)


def operator_DE_1__d01_sba():
    """D01: an AMF asks for a session in its maker's dialect."""
    return here(AMF) + sba.sba(
        AT[AMF], AT[SMF], [sba.hmessage(1, sba.hrequest(
            'POST', '/nsmf-pdusession/v1/sm-contexts', 'AMF-vos-amf-01.example',
            sba.JSON), {'dnn': 'internet', 'vendorSpecific-003902': {
                'v': '1'}})],
        [sba.hmessage(1, [(':status', '201'), sba.JSON], {'upCnxState': 'X'})],
        macs=(AMF, SMF))


def operator_DE_1__d02_pfcp():
    """D02: a UPF sets up its association with an element of its maker."""
    body = (hx('00 00 2a 00') + core.pie(60, hx('00') + ip(AT[UPF]))
            + core.STARTED + core.pie(43, hx('10 00 00 01'))
            + core.pvendor(2011, b'up'))
    return here(UPF) + [udp_frame(SMF, UPF, AT[UPF], AT[SMF], 8805, 8805,
                                  hx('20 05') + u16(len(body)) + body)]


def operator_DE_1__d04():
    """D04: a manager of managers asks the naming service (OMG CosNaming, in
    GIOP 1.0) of an element manager for its session factory, and then the
    element manager what it is (TMF 814, getEMS)."""
    def ems(c):
        c.names(('EMS', 'Huawei/U2000')).string('north').string('U2000')
        c.string('').string('V200R014C50').string('Huawei/U2000').long(0)

    ends = (OSS, EMS, AT[OSS], AT[EMS])
    return here(EMS) + tcp_frames(
        *ends, 41004, 12001,
        ('>', manage.grequest('resolve', b'NameService', lambda c: c.names(
            *manage.U2000), 0)),
        ('<', manage.greply(lambda c: c.reference(
            manage.FACTORY, AT[EMS]), 0))) + tcp_frames(
        *ends, 41005, 12003, ('>', manage.grequest('getEMS', b'session')),
        ('<', manage.greply(ems)))


def operator_DE_1__d05():
    """D05: a gNB sets up, and asks for its operator's certificate."""
    return here(GNB_D) + base_station(
        GNB_D, AMF, 'VOS-GNB-05', '262-99', 0x4905) + certified(
            GNB_D, RA_D, '2102490500001', 42005)


def operator_DE_1__d06_ngap():
    """D06: a gNB whose name its operator made of another maker's letters."""
    return here(GNB_E) + base_station(
        GNB_E, AMF, 'HW_RHEIN_07', '262-99', 0x4906)


def operator_IT_1__i01():
    """I01: as D05."""
    return here(GNB_I) + base_station(
        GNB_I, AMF_I, 'PIE-GNB-01', '222-99', 0x3901) + certified(
            GNB_I, RA_I, '2102390100001', 42001)


def informs(box, *device):
    """CWMP's Inform (TR-069 A.3.3.1) of a subscriber's box to its server, each
    behind a router."""
    return home.web(('>', home.post(home.soap(home.inform(*device)))),
                    ('<', home.answer(home.soap(home.HEARD))), ttl=62,
                    macs=(BNG_I, EDGE_I), client=box, server='10.39.3.9')


def operator_IT_1__i03():
    """I03: forty terminals of one maker, each with a serial number."""
    return [frame for n in range(1, 41) for frame in informs(
        f'100.64.3.{n}', 'Huawei Technologies Co., Ltd', '00259E', 'HG8245H',
        f'48575443{0x39030000 + n:08X}', *home.about(
            home.IGD, '130C4600', 'V3R017C10S100'))]


def operator_IT_1__i04():
    """I04: a terminal that gives one maker's letters and another's OUI."""
    return informs('100.64.4.1', 'ZTEG', '0060A9', 'F660', 'ZTEG39040001',
                   *home.about(home.IGD, 'V5.2', 'V5.2.10P1'))


def operator_GB_2__g01_core():
    """G01: an MME answers a base station, and a gateway that asks whether it
    lives, with an extension of its maker."""
    answer = ran.s1_response('ELL-MME-01', ran.gummeis(
        (['234-99'], [0x4401], [1])), 200)
    echo = core.v2(2, core.v2recovery(5), core.v2private(2011, b'x'))
    return here(MME) + [
        ran.s1(MME, ENB_G, answer),
        udp_frame(SGW, MME, AT[MME], AT[SGW], 2123, 2123, echo)]


def operator_GB_1__g02_ran():
    """G02: as D05."""
    return here(GNB_G) + base_station(
        GNB_G, AMF_G, 'ELL-GNB-02', '234-99', 0x4402) + certified(
            GNB_G, RA_G, '2102440200001', 42002)


def operator_US_1__u01_s1():
    """U01: a base station sets up; what it is called proves nothing."""
    return here(ENB) + [ran.s1(ENB, MME_U, ran.s1_request(
        ran.enb_id('310-990', ran.MACRO, 0x10101), 'HW_SITE1',
        ran.tas((1, '310-990'))))]
